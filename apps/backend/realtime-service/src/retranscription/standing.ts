import { isOpen, type RetranscriptionRefusal } from '@medcall/shared-types';
import type { KeptAudio } from '../recordings/kept-audio.ts';
import type { Consents } from '../services/consents.ts';
import type { RoomView } from '../services/consultation-reader.ts';
import type { StreamRows } from '../services/stream-rows.ts';

export interface StandingParts {
  consents: Pick<Consents, 'aiAllowed'>;
  streamRows: Pick<StreamRows, 'count'>;
  kept: Pick<KeptAudio, 'streamsOf'>;
}

/**
 * Why a consultation cannot be transcribed again from its audio log; null when it can. `in_progress`: it goes on,
 * or its last sound is still on its way to text; `sound_deleted`: by the policy (24 hours after the end without
 * the recording consent) or a withdrawal; `no_sound`: nobody spoke, or the sound lies on another machine.
 */
export async function refusalOf(
  view: Pick<RoomView, 'consultationId' | 'status'>,
  { consents, kept, streamRows }: StandingParts,
): Promise<RetranscriptionRefusal | null> {
  const { consultationId, status } = view;
  if (isOpen(status)) return 'in_progress';
  if (!(await consents.aiAllowed(consultationId))) return 'not_allowed';
  const had = await streamRows.count(consultationId);
  if (had.streams > 0 && had.kept === 0) return 'sound_deleted';
  if (had.undrained > 0) return 'in_progress';
  return (await kept.streamsOf(consultationId)).length === 0 ? 'no_sound' : null;
}
