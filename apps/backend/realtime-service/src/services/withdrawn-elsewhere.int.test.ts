import { describe, expect, it } from 'vitest';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, doctorIn, joinAs, speak } from '../testing/people.ts';
import { db, service, useTestStage, world } from '../testing/test-stage.ts';
import { Captures } from './captures.ts';

useTestStage();

/** A patient in mid-sentence: what was heard of it is sound in the log and no row. */
async function inMidSentence() {
  const consultation = await world.aConsultation();
  const { roomId } = consultation;
  const people = await bothIn(service, world, consultation);
  await ask(people.doctor, 'start-transcription', { roomId });
  for (let seq = 0; seq < 10; seq += 1) {
    await ask(people.patient, 'audioChunk', { roomId, ...soundChunk(seq, 'loud') });
  }
  return { consultation, ...people };
}

/** As the node does that sees the withdrawal first; it gets no further than to close the capture. */
function closedElsewhere(consultationId: string): Promise<boolean> {
  return new Captures(db.database).close(consultationId, 'consent_withdrawn');
}

async function deleted(consultationId: string): Promise<boolean> {
  const rows = await world.query<{ gone: boolean }>(
    `select discarded_at is not null as gone from audio_streams where consultation_id = $1`,
    [consultationId],
  );
  return rows.length > 0 && rows.every(({ gone }) => gone);
}

const textsOf = (roomId: string) =>
  world.query('select text from transcriptions where room_id = $1', [roomId]);

describe('sound that was captured before a withdrawal', () => {
  it('becomes no text at a node that hears of it from another', async () => {
    const { consultation } = await inMidSentence();
    expect(await closedElsewhere(consultation.id)).toBe(true);
    await expect.poll(() => deleted(consultation.id), { timeout: 20_000 }).toBe(true);
    expect(await textsOf(consultation.roomId)).toEqual([]);
  });

  it('becomes no text where it was taken back during a pause and no node was there', async () => {
    const { consultation } = await inMidSentence();
    await service.restart(async () => {
      await new Captures(db.database).close(consultation.id, 'doctor');
      await world.aConsent(consultation, 'ai', false);
    });
    await expect.poll(() => deleted(consultation.id), { timeout: 20_000 }).toBe(true);
    expect(await textsOf(consultation.roomId)).toEqual([]);
  });

  it('becomes no text after a crash before it was deleted, also when the patient agrees anew', async () => {
    const { consultation, invitation } = await inMidSentence();
    const { roomId } = consultation;
    await service.restart(async () => {
      await closedElsewhere(consultation.id);
    });
    const doctor = await doctorIn(service, consultation);
    await expect.poll(() => deleted(consultation.id), { timeout: 20_000 }).toBe(true);
    expect(await textsOf(roomId)).toEqual([]);

    // What is said after a new consent is heard as ever.
    await ask(doctor, 'start-transcription', { roomId });
    const token = await service.tokens.forInvited(consultation, invitation);
    const patient = await service.connect(token);
    const inside = next(patient, 'room-joined');
    await joinAs(patient, consultation, invitation);
    await inside;
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(patient, roomId);
    await said;
    expect(await textsOf(roomId)).toHaveLength(1);
  });
});
