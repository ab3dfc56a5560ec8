import { describe, expect, it } from 'vitest';
import { hasRedis } from '../../../../../tests/support/redis.ts';
import { consultationAcross } from '../testing/across-nodes.ts';
import { ask, next, soundChunk } from '../testing/client.ts';
import { joinAs, speak } from '../testing/people.ts';
import { a, b, redis, useTwoNodes, world } from '../testing/two-nodes.ts';

useTwoNodes();

const acrossNodes = () => consultationAcross({ world, a, b });

describe.skipIf(!hasRedis())('two nodes', () => {
  it('are one room: waiting, admission, signals and texts cross from node to node', async () => {
    const { doctor, patient, participant, roomId, welcome } = await acrossNodes();
    expect(welcome.participants).toMatchObject([{ role: 'doctor', state: 'joined' }]);
    const signal = next(patient, 'webrtc-signal');
    expect(
      await ask(doctor, 'webrtc-signal', { roomId, to: participant.id, candidate: { c: 1 } }),
    ).toEqual({ ok: true });
    expect(await signal).toMatchObject({ from: welcome.participants[0]?.id, candidate: { c: 1 } });
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(patient, roomId);
    expect(await said).toMatchObject({ speaker: 'PACIENTE' });
    const away = next(doctor, 'participant-updated');
    patient.disconnect();
    expect((await away).participant).toMatchObject({ id: participant.id, state: 'away' });
  });

  it('no chunk is refused on a node that has not heard yet that the transcription began', async () => {
    const { doctor, patient, roomId } = await acrossNodes();
    await ask(doctor, 'stop-transcription', { roomId });
    await expect
      .poll(async () => ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'quiet') }))
      .toMatchObject({ error: { code: 'not_transcribing' } });
    // As if the word of it took a while: the database knows, this node does not.
    await world.query(
      `update sessions set status = 'ACTIVE', ended_at = null, ended_reason = null
       where room_id = $1`,
      [roomId],
    );
    const together = async () => {
      const chunks = [0, 1, 2, 3].map((seq) => ({ roomId, ...soundChunk(seq, 'quiet') }));
      const answers = await Promise.all(chunks.map((chunk) => ask(patient, 'audioChunk', chunk)));
      return answers.map(({ ok }) => ok).join();
    };
    const seen = new Set<string>();
    await expect
      .poll(async () => {
        const oks = await together();
        seen.add(oks);
        return oks;
      })
      .toBe('true,true,true,true');
    // Whoever came while the node looked got the answer of that look.
    expect([...seen].filter((oks) => oks.includes('true') && oks.includes('false'))).toEqual([]);
  });

  it('a stream goes on at the other node with what its first node wrote, and nothing comes twice', async () => {
    const { consultation, doctor, invitation, patient, roomId } = await acrossNodes();
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    const { nextSeq } = await speak(patient, roomId);
    await said;
    // Half a sentence on node B, acknowledged, before its people move to node A.
    for (let seq = nextSeq; seq < nextSeq + 5; seq++) {
      await ask(patient, 'audioChunk', { roomId, ...soundChunk(seq, 'loud') });
    }
    await b.restart();
    const moved = await a.connect(await a.tokens.forInvited(consultation, invitation));
    const inside = next(moved, 'room-joined');
    await joinAs(moved, consultation, invitation);
    const goesOnAt = (await inside).resume['0']?.nextSeq ?? 0;
    expect(goesOnAt).toBe(nextSeq + 5);
    const more = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(moved, roomId, goesOnAt);
    // One second and a half: the half on node B and the second on node A are one utterance.
    expect(await more).toMatchObject({
      speaker: 'PACIENTE',
      text: expect.stringMatching(/^fala de (1[5-9]|2\d)/),
    });
    const rows = await world.query(
      'select text from transcriptions where room_id = $1 and superseded_by is null',
      [roomId],
    );
    expect(rows).toHaveLength(2);
  });

  it('a node whose stream was taken over writes no more of it', async () => {
    const { consultation, invitation, patient, roomId } = await acrossNodes();
    await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    const second = await a.connect(await a.tokens.forInvited(consultation, invitation));
    await joinAs(second, consultation, invitation);
    await ask(second, 'audioChunk', { roomId, ...soundChunk(1, 'loud') });
    const [row] = await world.query<{ lease_fence: number }>(
      'select lease_fence from audio_streams where consultation_id = $1',
      [consultation.id],
    );
    expect(Number(row?.lease_fence)).toBe(2);
  });

  it('go on, each for its own people, while Redis is dead', async () => {
    const { patient, roomId } = await acrossNodes();
    await redis.kill();
    const own = next(patient, 'transcription', (event) => event.isFinal);
    const { last } = await speak(patient, roomId);
    expect(last).toMatchObject({ ok: true, ackedSeq: 29 });
    expect(await own).toMatchObject({ speaker: 'PACIENTE' });
    await redis.restart();
  });
});
