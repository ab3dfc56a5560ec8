import type { AiNoticeReason } from '@medcall/shared-types/ai-notice';

/** What a doctor is told of a fallback; nothing when the configured engine answered. */
export function fallbackNotice(fallbackReason: string | null): AiNoticeReason | undefined {
  switch (fallbackReason) {
    case null:
    case 'not_configured':
    // Consent is asked for again before anything is stored: nothing comes of it.
    case 'ai_off':
      return undefined;
    case 'cost_cap':
      return 'cost_cap';
    case 'refusal':
    case 'content_filter':
      return 'refused';
    default:
      return 'unavailable';
  }
}
