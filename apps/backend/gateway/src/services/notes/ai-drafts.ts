import {
  AppError,
  inSpan,
  noRedirects,
  signServiceToken,
  traceHeaders,
} from '@medcall/service-kit';
import {
  type ErrorCode,
  errorBody,
  type LetterDraft,
  letterDraft,
  type NoteDraft,
  noteDraft,
} from '@medcall/shared-types';
import { z } from 'zod';

/** Whose draft is asked for. */
export interface DraftRequest {
  consultationId: string;
  clinicaId: string;
  requestId: string;
}

/** The AI service as the gateway asks it for drafts. */
export interface AiDrafts {
  /** @throws AppError ai_consent_required, conflict (nothing was said yet), unavailable */
  note(request: DraftRequest): Promise<NoteDraft>;
  /** @throws AppError conflict while there is no note, unavailable */
  letter(request: DraftRequest): Promise<LetterDraft>;
}

const deadlineMs = 75_000;
/** What the AI service may refuse to a person; anything else is between the services. */
const passedOn: ReadonlySet<ErrorCode> = new Set(['ai_consent_required', 'conflict', 'not_found']);

/** Calls the AI service over HTTP with a service token of one consultation (DESIGN decision 15). */
export function createAiDrafts(options: { baseUrl: string; secret: string }): AiDrafts {
  async function ask<T extends z.ZodType>(
    path: string,
    request: DraftRequest,
    answer: T,
  ): Promise<z.output<T>> {
    const { consultationId, clinicaId, requestId } = request;
    const token = await signServiceToken({
      secret: options.secret,
      from: 'gateway',
      to: 'ai-service',
      consultationId,
      clinicaId,
      requestId,
    });
    const response = await fetch(new URL(path, options.baseUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        // One id through the logs of both services.
        'x-request-id': requestId,
        ...traceHeaders(),
      },
      body: JSON.stringify({ consultation_id: consultationId }),
      ...noRedirects,
      signal: AbortSignal.timeout(deadlineMs),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', { cause });
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      const parsed = answer.safeParse(body);
      if (parsed.success) return parsed.data;
      throw new AppError('unavailable', { cause: parsed.error });
    }
    const refused = z.safeParse(errorBody, body);
    if (refused.success && passedOn.has(refused.data.error.code)) {
      throw new AppError(refused.data.error.code, { message: refused.data.error.message });
    }
    throw new AppError('unavailable');
  }
  const span = { name: 'draft', kind: 'client' } as const;
  return {
    note: (request) => inSpan(span, () => ask('/api/notes/draft', request, noteDraft)),
    letter: (request) => inSpan(span, () => ask('/api/notes/letter', request, letterDraft)),
  };
}
