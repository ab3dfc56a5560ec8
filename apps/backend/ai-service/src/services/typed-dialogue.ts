import type { Utterance } from './utterance.ts';

const label = /^\s*(m[eé]dic[oa]|doutora?|dra?\.?|paciente|m[aã]e|pai|acompanhante)\s*:\s*/i;

/**
 * A request without a stored utterance (the seed's body) may carry several lines with the speaker in
 * front ("Paciente: …"). Without a speaker, a text is taken for the patient's.
 */
export function typedDialogue(text: string): Utterance[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const speaker = label.exec(line)?.[1]?.toLowerCase() ?? 'paciente';
      return {
        id: `typed-${at}`,
        speaker: /^(m[eé]dic|d)/.test(speaker) ? 'MEDICO' : 'PACIENTE',
        text: line.replace(label, ''),
      } as const;
    });
}
