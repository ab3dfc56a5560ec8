import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import type { UtterancePlace } from '../utterance-place.ts';

/** A stream of a patient that this node owns with fence 1. */
export async function aPlace(
  world: World,
  { id, roomId, doctor }: TestConsultation,
): Promise<UtterancePlace> {
  const [participant] = await world.query<{ id: string }>(
    `insert into participants (consultation_id, sub, role, name, state)
     values ($1, $2, 'patient', 'Ana', 'joined') returning id`,
    [id, doctor.sub],
  );
  const participantId = participant?.id ?? '';
  const [session] = await world.query<{ id: string }>(
    `insert into sessions (consultation_id, room_id, kind) values ($1, $2, 'ONLINE') returning id`,
    [id, roomId],
  );
  const [stream] = await world.query<{ id: string }>(
    `insert into audio_streams (consultation_id, session_id, participant_id, sub, stream, capture_id, origin_ms, lease_fence)
     values ($1, $2, $3, $4, 'microphone', '0', 0, 1) returning id`,
    [id, session?.id, participantId, doctor.sub],
  );
  return {
    roomId,
    participantId,
    speaker: 'PACIENTE',
    streamId: stream?.id ?? '',
    fence: 1,
    originMs: 0,
    timelineZeroAt: new Date(),
  };
}
