import type { Complaint } from './complaint.ts';
import { cardiovascular } from './complaints/cardiovascular.ts';
import { chronicCare } from './complaints/chronic-care.ts';
import { digestive } from './complaints/digestive.ts';
import { fallback, general } from './complaints/general.ts';
import { mentalHealth } from './complaints/mental-health.ts';
import { musculoskeletalAndSkin } from './complaints/musculoskeletal-and-skin.ts';
import { neurological } from './complaints/neurological.ts';
import { respiratory } from './complaints/respiratory.ts';
import { urinaryAndWomensHealth } from './complaints/urinary-and-womens-health.ts';

/** Every complaint that the bank knows, and what is asked when none is recognised. */
export const questionBank: { complaints: readonly Complaint[]; fallback: Complaint } = {
  complaints: [
    ...cardiovascular,
    ...chronicCare,
    ...digestive,
    ...general,
    ...mentalHealth,
    ...musculoskeletalAndSkin,
    ...neurological,
    ...respiratory,
    ...urinaryAndWomensHealth,
  ],
  fallback,
};

/** `document#section` that a question of this complaint rests on. */
export function citationOf(complaint: Complaint, cites: string): string {
  return cites.includes('#') ? cites : `${complaint.guideline}#${cites}`;
}
