import { questionBank } from '../../bank/question-bank.ts';
import { detectComplaints } from '../questions/detect-complaints.ts';
import { words } from '../text/fold.ts';
import type { Expander } from './synonyms.ts';

/** Clinical words for what a text says: of its lay expressions and of the complaints in it. */
export function clinicalWords(text: string, expand: Expander): string[] {
  const complaints = detectComplaints(
    questionBank.complaints,
    [{ id: 'query', speaker: 'PACIENTE', text }],
    {},
  );
  return [
    ...new Set([
      ...expand(words(text)),
      ...complaints.flatMap(({ complaint }) => words(complaint.label)),
    ]),
  ];
}
