import { findPhrase, phrases } from '../text/phrase.ts';
import { sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import { persons } from './whose.ts';

/** "Sou a Célia, esposa dele", "aqui quem fala é o filho dela", "eu cuido dele". */
const introduces = phrases(`
  sou|e a|o|um|uma? ${persons}|cuidador|cuidadora|acompanhante|sobrinho|sobrinha dele|dela|do|da
  sou ~~ ${persons}|cuidador|cuidadora|acompanhante|sobrinho|sobrinha dele|dela
  sou|falo o|a? acompanhante|cuidador|cuidadora
  eu cuido dele|dela
`);

/** True when somebody on the patient's channel says that he speaks for the patient. */
export function companionSpeaks(utterances: readonly Utterance[]): boolean {
  return utterances.some(
    ({ speaker, text }) =>
      speaker === 'PACIENTE' &&
      sentences(text).some(({ words }) => findPhrase(introduces, words) !== undefined),
  );
}
