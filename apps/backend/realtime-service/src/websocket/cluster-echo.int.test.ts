import { expect, it } from 'vitest';
import { hasRedis } from '../../../../../tests/support/redis.ts';
import { aMan, at, echoOf, say } from '../speech/echo/voice.fixture.ts';
import { toInt16 } from '../speech/pcm.ts';
import type { Vad } from '../speech/ports.ts';
import { consultationAcross } from '../testing/across-nodes.ts';
import { ask } from '../testing/client.ts';
import type { TestSocket } from '../testing/test-service.ts';
import { a, b, useTwoNodes, world } from '../testing/two-nodes.ts';

/** Hears an echo too. */
const keenVad = (): Vad => ({
  probability: async (frame) => (frame.some((sample) => Math.abs(sample) > 0.002) ? 0.99 : 0.01),
  reset: () => undefined,
});

useTwoNodes({ vadFactory: keenVad });

const chunkSamples = 1_600;

/** Sends a sound chunk by chunk, beginning with number `from`. */
async function send(socket: TestSocket, roomId: string, sound: Int16Array, from: number) {
  for (let at = from * chunkSamples; at < sound.length; at += chunkSamples) {
    const seq = at / chunkSamples;
    const data = sound.slice(at, at + chunkSamples).buffer;
    const answer = await ask(socket, 'audioChunk', { roomId, seq, sampleRate: 16_000, data });
    expect(answer).toMatchObject({ ok: true });
  }
}

it.skipIf(!hasRedis())(
  'the doctor’s voice from the patient’s loudspeaker is dropped, though the patient is on another node',
  { timeout: 120_000 },
  async () => {
    const { consultation, doctor, patient, roomId } = await consultationAcross({ world, a, b });
    const streams = () =>
      world.query<{ sub: string; origin_ms: string; echoes: string | null }>(
        `select sub, origin_ms, stats->'dropped'->>'echo' as echoes from audio_streams
         where consultation_id = $1`,
        [consultation.id],
      );
    // A moment of silence from both: from here on each node hears the other.
    const silence = new Int16Array(chunkSamples);
    await send(patient, roomId, silence, 0);
    await send(doctor, roomId, silence, 0);
    const origin = new Map((await streams()).map((one) => [one.sub, Number(one.origin_ms)]));
    const doctorMs = origin.get(consultation.doctor.sub) ?? 0;
    const [patientMs = 0] = [...origin].flatMap(([sub, ms]) =>
      sub === consultation.doctor.sub ? [] : [ms],
    );

    const spoken = at(0.6, say('oseaiu aseo uiase oesi aeiosu', { ...aMan, level: 0.6 }), 9);
    await send(doctor, roomId, toInt16(spoken), 1);
    // The streams did not begin in the same moment.
    const delayMs = 150 + doctorMs - patientMs;
    await send(patient, roomId, toInt16(echoOf(spoken, { delayMs, levelDb: -12 })), 1);

    await expect
      .poll(
        async () => {
          const of = (await streams()).find(({ sub }) => sub !== consultation.doctor.sub);
          return Number(of?.echoes ?? 0);
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(0);
    await expect
      .poll(
        () =>
          world.query<{ speaker: string }>(
            'select distinct speaker from transcriptions where room_id = $1',
            [roomId],
          ),
        { timeout: 60_000 },
      )
      .toEqual([{ speaker: 'MEDICO' }]);
  },
);
