import { z } from 'zod';

/** Why the engine that a clinic chose did not do the work. */
export const aiNoticeReason = z.enum(['cost_cap', 'unavailable', 'refused']);
export type AiNoticeReason = z.infer<typeof aiNoticeReason>;

/** Shown to the doctor where the embedded engine stands in for a language model. */
export const aiNotice = z.object({ reason: aiNoticeReason, message: z.string() });
export type AiNotice = z.infer<typeof aiNotice>;

const sentences: Record<AiNoticeReason, string> = {
  cost_cap: 'Limite de custo atingido: as perguntas vêm do banco deste servidor.',
  unavailable: 'O modelo de linguagem não respondeu: as perguntas vêm do banco deste servidor.',
  refused: 'O modelo de linguagem recusou este trecho: as perguntas vêm do banco deste servidor.',
};

export function aiNoticeFor(reason: AiNoticeReason): AiNotice {
  return { reason, message: sentences[reason] };
}
