import type { Complaint } from '../../bank/complaint.ts';
import { sectionOf, type TopicSection } from '../../bank/topic-sections.ts';
import { askedIn } from '../coverage.ts';
import type { Utterance } from '../utterance.ts';

/** After so many turns of the doctor without a question of a section he is done with it. */
const quietTurns = 1;

/**
 * Sections of the anamnesis that the doctor is asking his way through just now. Whoever asks where it
 * hurts is about to ask since when: a suggestion would only come between.
 */
export function sectionsInRun(
  utterances: readonly Utterance[],
  complaints: readonly Complaint[],
): ReadonlySet<TopicSection> {
  const found = new Set<TopicSection>();
  let turns = 0;
  for (let at = utterances.length - 1; at >= 0; at--) {
    const utterance = utterances[at];
    if (utterance?.speaker !== 'MEDICO') continue;
    // Consecutive utterances of the doctor are one turn.
    if (utterances[at + 1]?.speaker !== 'MEDICO') turns += 1;
    if (turns > quietTurns) break;
    for (const topic of askedIn(utterance, complaints)) found.add(sectionOf(topic));
  }
  return found;
}
