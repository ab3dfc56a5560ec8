import { describe, expect, it } from 'vitest';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, doctorIn, joinAs, speak } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

describe('transcription', () => {
  it('is refused without the ai consent or with the switch off, and not one chunk is stored', async () => {
    const refused = await world.aConsultation();
    const { doctor } = await bothIn(service, world, refused);
    await world.aConsent(refused, 'ai', false);
    const off = await world.aConsultation({ aiEnabled: false });
    const switched = await bothIn(service, world, off);
    for (const [consultation, socket] of [
      [refused, doctor],
      [off, switched.doctor],
    ] as const) {
      const { roomId } = consultation;
      expect(await ask(socket, 'start-transcription', { roomId })).toMatchObject({
        error: { code: 'ai_consent_required' },
      });
      expect(await ask(socket, 'audioChunk', { roomId, ...soundChunk(0, 'loud') })).toMatchObject({
        error: { code: 'not_transcribing' },
      });
      expect(
        await world.query('select 1 from audio_streams where consultation_id = $1', [
          consultation.id,
        ]),
      ).toEqual([]);
    }
  });

  it('turns sound into rows and events with the speaker of the channel', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    expect(await ask(doctor, 'start-transcription', { roomId })).toMatchObject({ ok: true });
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    const { last } = await speak(patient, roomId);
    expect(last).toMatchObject({ ok: true, ackedSeq: 29 });
    expect(await said).toMatchObject({ speaker: 'PACIENTE', revision: 0 });
    const doctorSaid = next(
      patient,
      'transcription',
      (event) => event.isFinal && event.speaker === 'MEDICO',
    );
    await speak(doctor, roomId);
    await doctorSaid;
    const rows = await world.query(
      'select speaker, text from transcriptions where room_id = $1 order by speaker',
      [roomId],
    );
    expect(rows.map((row) => row.speaker)).toEqual(['MEDICO', 'PACIENTE']);
  });

  it('refuses malformed sound with its code and keeps what was acknowledged', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    const good = soundChunk(0, 'loud');
    const cases: Array<[object, string]> = [
      [{ ...good, sampleRate: 44_100 }, 'unsupported_sample_rate'],
      [{ ...good, data: new Uint8Array(3201) }, 'invalid_chunk'],
      [{ ...good, data: new Uint8Array(32_002) }, 'invalid_chunk'],
      [{ ...good, data: new Uint8Array(10) }, 'invalid_chunk'],
      [{ ...good, seq: -1 }, 'validation_failed'],
      [{ ...good, data: 'não é som' }, 'validation_failed'],
      [{ ...good, seq: 4_000_000 }, 'invalid_chunk'],
    ];
    for (const [chunk, code] of cases) {
      expect(await ask(doctor, 'audioChunk', { roomId, ...chunk })).toMatchObject({
        error: { code },
      });
    }
    expect(await ask(doctor, 'audioChunk', { roomId, ...good })).toMatchObject({ ackedSeq: 0 });
    expect(await ask(doctor, 'audioChunk', { roomId, ...soundChunk(2, 'loud') })).toMatchObject({
      ackedSeq: 0,
    });
    expect(await ask(doctor, 'audioChunk', { roomId, ...good })).toMatchObject({ ackedSeq: 0 });
    expect(await ask(doctor, 'audioChunk', { roomId, ...soundChunk(1, 'loud') })).toMatchObject({
      ackedSeq: 2,
    });
    expect(
      await ask(doctor, 'audioChunk', { roomId, ...soundChunk(6, 'loud'), lost: [3, 5] }),
    ).toMatchObject({ ackedSeq: 6 });
  });

  it('stops within 2 s when the patient takes the consent back, and the sound is gone', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    const stopped = next(patient, 'transcription-stopped');
    await world.aConsent(consultation, 'ai', false);
    expect(await stopped).toEqual({ roomId, reason: 'consent_withdrawn' });
    expect(await ask(patient, 'audioChunk', { roomId, ...soundChunk(1, 'loud') })).toMatchObject({
      error: { code: 'not_transcribing' },
    });
    // The room is told first; the deletion may take its time.
    await expect
      .poll(
        async () => {
          const [stream] = await world.query(
            'select discarded_at from audio_streams where consultation_id = $1',
            [consultation.id],
          );
          return stream?.discarded_at ?? null;
        },
        { timeout: 10_000 },
      )
      .not.toBeNull();
  });

  it('says that the consent was taken back where the switch is turned off as well', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    const stopped = next(doctor, 'transcription-stopped');
    await world.aConsent(consultation, 'ai', false);
    await world.query('update consultations set ai_enabled = false where id = $1', [
      consultation.id,
    ]);
    expect(await stopped).toEqual({ roomId, reason: 'consent_withdrawn' });
  });

  it('stops likewise when the switch is turned off, and says that it was that', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    const stopped = next(doctor, 'transcription-stopped');
    await world.query('update consultations set ai_enabled = false where id = $1', [
      consultation.id,
    ]);
    expect(await stopped).toEqual({ roomId, reason: 'ai_disabled' });
    expect(await ask(doctor, 'start-transcription', { roomId })).toMatchObject({
      error: { code: 'ai_consent_required' },
    });
  });

  it('a restart of the service changes nothing for anybody: capture, positions and text go on', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const first = await bothIn(service, world, consultation);
    await ask(first.doctor, 'start-transcription', { roomId });
    const said = next(first.doctor, 'transcription', (event) => event.isFinal);
    const { nextSeq } = await speak(first.patient, roomId);
    await said;

    await service.restart();
    const doctor = await doctorIn(service, consultation);
    const patient = await service.connect(
      await service.tokens.forInvited(consultation, first.invitation),
    );
    const welcome = next(patient, 'room-joined');
    await joinAs(patient, consultation, first.invitation);
    expect(await welcome).toMatchObject({
      transcription: { active: true },
      resume: { '0': { nextSeq } },
    });
    const more = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(patient, roomId, nextSeq);
    await more;
    const rows = await world.query('select id from transcriptions where room_id = $1', [roomId]);
    expect(rows).toHaveLength(2);
  });
});

describe('a hole in the sound', () => {
  it('that is given up after a restart loses nothing of what was written behind it', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const first = await bothIn(service, world, consultation);
    await ask(first.doctor, 'start-transcription', { roomId });
    const missing = 2;
    for (let seq = 0; seq < 30; seq++) {
      if (seq === missing) continue;
      const kind = seq >= 5 && seq < 15 ? 'loud' : 'quiet';
      await ask(first.patient, 'audioChunk', { roomId, ...soundChunk(seq, kind) });
    }
    await service.restart();
    const doctor = await doctorIn(service, consultation);
    const patient = await service.connect(
      await service.tokens.forInvited(consultation, first.invitation),
    );
    await joinAs(patient, consultation, first.invitation);
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    expect(
      await ask(patient, 'audioChunk', {
        roomId,
        ...soundChunk(30, 'quiet'),
        lost: [missing, missing],
      }),
    ).toMatchObject({ ackedSeq: 30 });
    expect(await said).toMatchObject({ speaker: 'PACIENTE' });
  });
});

describe('two installations on one database without a store that both can read', () => {
  it('leave each other’s sound alone, also when the other one is gone for longer than its lease', async () => {
    const [theirs, ours] = [await world.aConsultation(), await world.aConsultation()];
    for (const consultation of [theirs, ours]) {
      const { roomId } = consultation;
      const { doctor, patient } = await bothIn(service, world, consultation);
      await ask(doctor, 'start-transcription', { roomId });
      await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    }
    const streamOf = async ({ id }: { id: string }) => {
      const sql = 'select lease_owner, drained_at from audio_streams where consultation_id = $1';
      return (await world.query(sql, [id]))[0];
    };
    await world.query("update consultations set status = 'COMPLETED' where id = $1", [ours.id]);
    await world.query(
      `update audio_streams set lease_owner = 'another disk', lease_fence = lease_fence + 1,
         lease_until = now() - interval '1 minute'
       where consultation_id = $1`,
      [theirs.id],
    );
    await service.restart();
    // What was left behind is looked for once: when ours is drained, theirs was found or not.
    await expect
      .poll(async () => (await streamOf(ours))?.drained_at, { timeout: 30_000 })
      .not.toBeNull();
    expect(await streamOf(theirs)).toEqual({ lease_owner: 'another disk', drained_at: null });
  });
});

describe('the end', () => {
  it('is told to everybody, closes the room for good and leaves the text complete', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient, invitation } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    // Without silence behind it: the open utterance must not be lost.
    for (let seq = 0; seq < 10; seq++) {
      await ask(patient, 'audioChunk', { roomId, ...soundChunk(seq, 'loud') });
    }
    const told = next(patient, 'consultation-ended');
    await ask(doctor, 'end-consultation', { roomId });
    expect(await told).toMatchObject({ roomId, pendingSeconds: 0 });
    const rows = await world.query('select speaker from transcriptions where room_id = $1', [
      roomId,
    ]);
    expect(rows).toEqual([{ speaker: 'PACIENTE' }]);
    const again = await service.connect(await service.tokens.forInvited(consultation, invitation));
    expect(await joinAs(again, consultation, invitation)).toMatchObject({
      error: { code: 'consultation_ended' },
    });
  });
});
