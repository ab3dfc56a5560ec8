import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import {
  createWorld,
  type TestConsultation,
  type TestDoctor,
  type World,
} from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { joined, silence } from '../speakers/voice.fixture.ts';
import { ask, next } from '../testing/client.ts';
import {
  type InPersonScreen,
  inPerson,
  recordingInPerson,
  sentence,
  storedTranscript,
  talk,
} from '../testing/in-person.ts';
import { scriptedAi } from '../testing/scripted-ai.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

let db: TestDatabase;
let world: World;
let service: TestService;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl, ai: scriptedAi });
});
afterAll(async () => {
  await service.stop();
  await world.close();
  await db.drop();
});

async function end(screen: InPersonScreen, consultation: TestConsultation) {
  const told = next(screen.socket, 'presential-ended');
  await ask(screen.socket, 'end-presential', { consultationId: consultation.id });
  expect(await told).toMatchObject({ pendingSeconds: 0 });
}

/** People see what is stored. */
async function expectSameOnScreen(screen: InPersonScreen, consultation: TestConsultation) {
  const stored = await storedTranscript(world, consultation);
  await vi.waitFor(() =>
    expect(screen.finals().map(({ id, speaker, text }) => ({ id, speaker, text }))).toEqual(
      stored.map(({ id, speaker, text }) => ({ id, speaker, text })),
    ),
  );
  return stored;
}

const lineOf = (rows: ReadonlyArray<{ speaker: string }>) => rows.map((r) => r.speaker[0]).join('');

describe('two people and one microphone', () => {
  it('are told apart; the one who begins is taken for the doctor, as a guess', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('mwmwwm'));
    await end(screen, consultation);
    const stored = await expectSameOnScreen(screen, consultation);
    expect(lineOf(stored)).toBe('MPMPPM');
    expect(screen.events.filter(({ isFinal }) => isFinal).at(-1)).toMatchObject({
      speakerTentative: true,
    });
  });

  it('get a row each where one takes over without a pause', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('mwmw'));
    const both = joined(sentence('m', 40, 1.5), silence(0.15), sentence('w', 41, 1.5), silence(2));
    await screen.hears(both);
    await end(screen, consultation);
    expect(lineOf(await expectSameOnScreen(screen, consultation))).toBe('MPMPMP');
  });

  it('keep their sentences: a turn is joined, and ends where the other begins', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('mwmw'));
    const breath = silence(0.9);
    await screen.hears(
      joined(sentence('m', 50), breath, sentence('m', 51), breath, sentence('w', 52), silence(3)),
    );
    await end(screen, consultation);
    const stored = await expectSameOnScreen(screen, consultation);
    expect(lineOf(stored)).toBe('MPMPMP');
    const [turn] = await world.query<{ parts: number }>(
      'select count(*)::int as parts from transcriptions where superseded_by = $1',
      [stored[4]?.id],
    );
    expect(turn).toEqual({ parts: 1 });
  });
});

describe('what the doctor gets besides the text', () => {
  it('is the same as in a video call: questions, coverage and cost', async () => {
    const { screen } = await recordingInPerson(service, world);
    const came = Promise.all([
      next(screen.socket, 'suggestion'),
      next(screen.socket, 'coverage'),
      next(screen.socket, 'cost', ({ spentBrl }) => Number(spentBrl) === 0),
    ]);
    await screen.hears(talk('m'));
    const [suggestion, coverage] = await came;
    const said = screen.finals()[0];
    expect(suggestion.triggeredBy).toEqual({ transcriptionId: said?.id, text: said?.text });
    expect(coverage.items).toMatchObject([{ key: 'inicio', transcriptionId: said?.id }]);
  });
});

describe('a click on who speaks', () => {
  const correct = async (
    { doctor }: TestConsultation,
    id: string | undefined,
    speaker: string,
    by: TestDoctor = doctor,
  ) =>
    fetch(`${service.url}/api/transcription/utterances/${id}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${await service.tokens.forDoctor(by)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ speaker }),
    });

  it('turns the guessed names round, in the rows that sound alike and in those to come', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('wmw'));
    await vi.waitFor(() => expect(screen.line()).toBe('MPM'));
    const [first, second] = screen.finals();
    const answer = await correct(consultation, first?.id, 'PACIENTE');
    expect(answer.status).toBe(200);
    const clicked = z.object({ id: z.string() }).parse(await answer.json());
    await vi.waitFor(() => expect(screen.line()).toBe('PMP'));
    const other = screen.finals().find(({ id }) => id === second?.id);
    expect(other).toMatchObject({ speaker: 'MEDICO', revision: 1, text: second?.text });
    await screen.hears(talk('mw', 30));
    await end(screen, consultation);
    expect(lineOf(await expectSameOnScreen(screen, consultation))).toBe('PMPMP');
    // Whatever was heard later, nobody but a person changes the clicked row.
    expect(screen.events.filter(({ id }) => id === clicked.id)).toHaveLength(1);
    const audited = await world.query<{ changes: unknown }>(
      `select changes from audit_logs where action = 'transcription.corrected' and record_id = $1`,
      [first?.id],
    );
    expect(audited).toEqual([{ changes: { speaker: { before: 'MEDICO', after: 'PACIENTE' } } }]);
  });

  it('counts after a restart, and when the consultation is over', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('wmw'));
    await vi.waitFor(() => expect(screen.line()).toBe('MPM'));
    await correct(consultation, screen.finals()[0]?.id, 'PACIENTE');
    await service.restart();
    const again = await inPerson(service, consultation, screen.seq);
    await again.hears(talk('mw', 30));
    await end(again, consultation);
    const stored = await storedTranscript(world, consultation);
    expect(lineOf(stored)).toBe('PMPMP');
    // Two clicks the other way outweigh the one: said when nobody is live any more.
    await correct(consultation, stored[1]?.id, 'PACIENTE');
    await correct(consultation, stored[3]?.id, 'PACIENTE');
    expect(lineOf(await storedTranscript(world, consultation))).toBe('PPMPM');
  });

  it.each([
    ['the first', 0],
    ['a later', 1],
  ])('keeps %s sentence out of the whole turn that is decoded afterwards', async (_which, nth) => {
    const { consultation, screen } = await recordingInPerson(service, world);
    const breath = silence(0.9);
    const turn = [sentence('m', 50), breath, sentence('m', 51), breath];
    await screen.hears(joined(talk('mwmw'), ...turn));
    await vi.waitFor(() => expect(screen.line()).toBe('MPMPMM'));
    // A click may also say that the label is right.
    const answer = await correct(consultation, screen.finals()[4 + nth]?.id, 'MEDICO');
    const { id } = z.object({ id: z.string() }).parse(await answer.json());
    await screen.hears(joined(sentence('m', 52), silence(3)));
    await end(screen, consultation);
    const stored = await expectSameOnScreen(screen, consultation);
    expect(lineOf(stored)).toBe('MPMPMMM');
    expect(stored[4 + nth]?.id).toBe(id);
  });

  it('is not for a colleague, and not for a row that was corrected already', async () => {
    const { consultation, screen } = await recordingInPerson(service, world);
    await screen.hears(talk('mw'));
    await vi.waitFor(() => expect(screen.line()).toBe('MP'));
    const id = screen.finals()[0]?.id;
    expect((await correct(consultation, id, 'PACIENTE', await world.aDoctor())).status).toBe(404);
    expect((await correct(consultation, id, 'PACIENTE')).status).toBe(200);
    expect((await correct(consultation, id, 'MEDICO')).status).toBe(404);
    await end(screen, consultation);
  });
});

describe('a restart in mid-consultation', () => {
  const said = talk('mwmwwmwm');
  const cuts = [1, 0.35, 0.62];

  it('changes neither texts nor labels, wherever it comes and however much is heard again', async () => {
    const outcomes = [];
    for (const cut of cuts) {
      const { consultation, screen } = await recordingInPerson(service, world);
      const at = Math.floor((said.length * cut) / 1600) * 1600;
      await screen.hears(said.subarray(0, at));
      let last = screen;
      if (cut < 1) {
        // As if the process had died before it noted how far it was, and what it last heard.
        await service.restart();
        await world.query(
          'update audio_streams set decoded_sample = 0 where consultation_id = $1',
          [consultation.id],
        );
        await world.query(
          `delete from voice_pieces where utterance_id = (select utterance_id from voice_pieces
            where consultation_id = $1 order by start_ms desc limit 1)`,
          [consultation.id],
        );
        await service.restart();
        last = await inPerson(service, consultation, screen.seq);
        await last.hears(said.subarray(at));
      }
      await end(last, consultation);
      const stored = await storedTranscript(world, consultation);
      outcomes.push(stored.map(({ at: start, speaker, text }) => ({ start, speaker, text })));
      // No label that was right before the restart was another for a moment after it.
      const shown = new Map(screen.finals().map(({ id, speaker }) => [id, speaker]));
      const flips = last.events.filter(({ id, isFinal, speaker }) => {
        return last !== screen && isFinal && shown.has(id) && shown.get(id) !== speaker;
      });
      expect(flips).toEqual([]);
    }
    const [whole, ...interrupted] = outcomes;
    expect(lineOf(whole ?? [])).toBe('MPMPPMPM');
    for (const outcome of interrupted) expect(outcome).toEqual(whole);
  });
});
