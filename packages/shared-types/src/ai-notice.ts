import { z } from 'zod';

/** Why the engine that a clinic chose did not do the work. */
export const aiNoticeReason = z.enum(['cost_cap', 'unavailable', 'refused']);
export type AiNoticeReason = z.infer<typeof aiNoticeReason>;

/** Shown to the doctor where the embedded engine stands in for a language model. */
export const aiNotice = z.object({ reason: aiNoticeReason, message: z.string() });
export type AiNotice = z.infer<typeof aiNotice>;

const causes: Record<AiNoticeReason, string> = {
  cost_cap: 'Limite de custo atingido',
  unavailable: 'O modelo de linguagem não respondeu',
  refused: 'O modelo de linguagem recusou este trecho',
};
const consequences = {
  questions: 'as perguntas vêm do banco deste servidor.',
  note: 'o rascunho foi montado por este servidor com as palavras da transcrição.',
} as const;

/** @param work what the embedded engine does instead */
export function aiNoticeFor(
  reason: AiNoticeReason,
  work: keyof typeof consequences = 'questions',
): AiNotice {
  return { reason, message: `${causes[reason]}: ${consequences[work]}` };
}
