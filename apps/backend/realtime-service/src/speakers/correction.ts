import type { Voice } from './online-clustering.ts';

export type SpeakerLabel = 'MEDICO' | 'PACIENTE' | 'UNKNOWN';

/** What a human has said about a piece. */
export interface Correction {
  readonly id: string;
  readonly label: SpeakerLabel;
}

/**
 * What one click says about which voice is the doctor's, in natural log odds. More than words alone
 * usually gather early on, less than a well matching enrolled voice: then the click is about the
 * one sentence, not about the naming of everything.
 */
const LOG_ODDS_PER_CLICK = 3;

/**
 * Evidence of clicks that voice A is the doctor's.
 *
 * @param heard the voice of a corrected piece as it sounds, corrections left aside
 */
export function evidenceByClicks(
  corrections: Iterable<Correction>,
  heard: (id: string) => Voice | null,
): number {
  let odds = 0;
  for (const { id, label } of corrections) {
    const voice = heard(id);
    if (voice === null || label === 'UNKNOWN') continue;
    odds += (voice === 'A') === (label === 'MEDICO') ? LOG_ODDS_PER_CLICK : -LOG_ODDS_PER_CLICK;
  }
  return odds;
}

/** The voice that a human label means, once it is known which voice is the doctor's. */
export function pinOf(label: SpeakerLabel, doctor: Voice): Voice | null {
  if (label === 'UNKNOWN') return null;
  const other: Voice = doctor === 'A' ? 'B' : 'A';
  return label === 'MEDICO' ? doctor : other;
}
