import type { Utterance } from '../services/utterance.ts';

/** A dialogue as lines: `M:` the doctor, `P:` the patient or guardian, `?:` unknown. */
export function dialogue(text: string): Utterance[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at) => {
      const speaker = ({ M: 'MEDICO', P: 'PACIENTE' } as const)[line[0] ?? ''] ?? 'UNKNOWN';
      return { id: `u${at}`, speaker, text: line.slice(2).trim() };
    });
}
