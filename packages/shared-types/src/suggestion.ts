import { z } from 'zod';
import { aiNotice } from './ai-notice.ts';
import { instant, roomId, uuid } from './primitives.ts';

/** A passage of a guideline: what a question rests on. */
export const guidelineSource = z.object({
  documentId: z.string(),
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  section: z.string(),
  url: z.string(),
  excerpt: z.string(),
});
export type GuidelineSource = z.infer<typeof guidelineSource>;

export const suggestionContext = z.enum(['anamnese', 'consulta']);
export type SuggestionContext = z.infer<typeof suggestionContext>;

export const suggestionStatus = z.enum(['shown', 'used', 'dismissed']);
export type SuggestionStatus = z.infer<typeof suggestionStatus>;

/** The utterance that made a question come up. */
export const trigger = z.object({ transcriptionId: uuid.nullable(), text: z.string() });

export const suggestionItem = z.object({
  id: uuid,
  topic: z.string(),
  question: z.string(),
  rationale: z.string(),
  redFlag: z.boolean().optional(),
  sources: z.array(guidelineSource),
  triggeredBy: trigger,
  engine: z.string(),
  /** True when the embedded engine stood in for the language model that the clinic chose. */
  fallback: z.boolean().optional(),
});
export type SuggestionItem = z.infer<typeof suggestionItem>;

/** A question as it stands in the record, with what the doctor made of it. */
export const storedSuggestion = suggestionItem.extend({
  context: suggestionContext,
  status: suggestionStatus,
  /** Who used or dismissed it; null also for one that left the screen because another took its place. */
  decided_by: uuid.nullable(),
  created_at: instant,
});
export type StoredSuggestion = z.infer<typeof storedSuggestion>;

/** `suggestion` on the doctor's socket. */
export const suggestionEvent = suggestionItem.extend({
  roomId: roomId,
  context: suggestionContext,
});
export type SuggestionEvent = z.infer<typeof suggestionEvent>;

export const coverageItem = z.object({
  key: z.string(),
  label: z.string(),
  status: z.enum(['covered', 'open']),
  transcriptionId: uuid.optional(),
});
export type CoverageItem = z.infer<typeof coverageItem>;

/** `coverage` on the doctor's socket. */
export const coverageEvent = z.object({ roomId: roomId, items: z.array(coverageItem) });
export type CoverageEvent = z.infer<typeof coverageEvent>;

export const requestSuggestions = z.object({
  roomId: roomId,
  transcription: z.string().max(8000),
  context: suggestionContext.default('anamnese'),
  transcriptionId: uuid.optional(),
});
export type RequestSuggestions = z.infer<typeof requestSuggestions>;

export const suggestionsResponse = z.object({
  suggestions: z.array(z.string()),
  items: z.array(suggestionItem),
  coverage: z.array(coverageItem).optional(),
  /** Why the embedded engine stood in, for the doctor to read. */
  notice: aiNotice.optional(),
});
export type SuggestionsResponse = z.infer<typeof suggestionsResponse>;

export const updateSuggestion = z.object({ status: suggestionStatus });

/** `cost` on the doctor's socket. Money as decimal strings in BRL would not chart; two decimals suffice on screen. */
export const costEvent = z.object({
  roomId: roomId,
  spentBrl: z.number(),
  capBrl: z.number().nullable(),
  state: z.enum(['ok', 'near', 'stopped']),
});
export type CostEvent = z.infer<typeof costEvent>;
