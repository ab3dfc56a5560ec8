import { questionBank } from '../../bank/question-bank.ts';
import { detectComplaints } from '../questions/detect-complaints.ts';
import { words } from '../text/fold.ts';
import type { Expander } from './synonyms.ts';

/** Clinical words for what a text says, with their weights: of its expressions and of the complaints in it. */
export function clinicalWords(text: string, expand: Expander): Map<string, number> {
  const found = new Map(expand(words(text)));
  const complaints = detectComplaints(
    questionBank.complaints,
    [{ id: 'query', speaker: 'PACIENTE', text }],
    {},
  );
  for (const word of complaints.flatMap(({ complaint }) => words(complaint.label))) {
    if (!found.has(word)) found.set(word, 1);
  }
  return found;
}
