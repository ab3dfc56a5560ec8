import type { TestDoctor, World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatBehaviour } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import type { FakeChatServer } from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { diligentModel, questionInput } from '../../testing/diligent-model.ts';
import { type ModelStage, openModelStage } from '../../testing/model-stage.ts';
import { aTestRoom, type TestRoom } from '../../testing/room.ts';
import type { TestService } from '../../testing/test-service.ts';

let stage: ModelStage;
let world: World;
let fake: FakeChatServer;
let service: TestService;
/** Doctor of the clinic whose guideline another clinic's questions must never rest on. */
let owner: TestDoctor;
let foreignIds: string[];

const engine = 'openai:gpt-4o';
const foreignText =
  'Muita tosse há uma semana na rotina do ambulatório azul: perguntar por febre, tosse e catarro.';

beforeAll(async () => {
  stage = await openModelStage(async (opened) => {
    owner = await opened.aDoctor();
    const [document] = await opened.query<{ id: string }>(
      `insert into guideline_documents (clinica_id, slug, title, source, year, url)
       values ($1, 'rotina-interna', 'Muita tosse há uma semana', 'Clínica', 2026, 'https://clinica.example')
       returning id`,
      [owner.clinicaId],
    );
    const [chunk] = await opened.query<{ id: string }>(
      `insert into guideline_chunks (document_id, position, section, text)
       values ($1, 0, 'Tosse', $2) returning id`,
      [document?.id, foreignText],
    );
    foreignIds = ['rotina-interna', 'rotina-interna#Tosse', document?.id ?? '', chunk?.id ?? ''];
  });
  ({ world, fake, service } = stage);
});
afterAll(() => stage?.close());
beforeEach(() => {
  fake.forget();
  fake.answers = diligentModel;
  fake.calls.length = 0;
});

const complaint = 'Estou com muita tosse há uma semana, doutora.';
const fever = { topico: 'febre', pergunta: 'Teve febre nesses dias?', alarme: false };

async function shownIn(room: TestRoom) {
  return world.query<{ topic: string; question: string; engine: string; sources: unknown }>(
    'select topic, question, engine, sources from suggestions where room_id = $1',
    [room.roomId],
  );
}

async function droppedFor(transcriptionId: string) {
  const [run] = await world.query<{ dropped: Record<string, number> }>(
    'select dropped from suggestion_runs where transcription_id = $1',
    [transcriptionId],
  );
  return run?.dropped;
}

describe('another clinic’s guideline', () => {
  it('is read by the model for its own clinic alone', async () => {
    const room = await aTestRoom(world, service, owner);
    await room.ask(await room.says('PACIENTE', complaint));
    expect(fake.calls[0]?.user).toContain('ambulatório azul');
  });

  it('supports nothing elsewhere, by whatever name it is cited', async () => {
    const room = await aTestRoom(world, service);
    fake.answers = () => ({
      perguntas: [...foreignIds, 'T0', 'T99', 't1', ' T1 '].map((trecho) => ({ ...fever, trecho })),
    });
    const id = await room.says('PACIENTE', complaint);
    const answer = await room.ask(id);
    expect(fake.calls[0]?.user).not.toContain('ambulatório azul');
    expect(await droppedFor(id)).toEqual({ unknown_passage: 8 });
    expect(answer.items.length).toBeGreaterThan(0);
    expect(JSON.stringify([answer, await shownIn(room)])).not.toMatch(/azul|rotina-interna/i);
    // Nothing of the model's was usable, and the doctor is told who asks instead.
    expect(answer.notice?.reason).toBe('unavailable');
    for (const item of answer.items) expect(item.fallback).toBe(true);
  });
});

describe('a question that was put before', () => {
  it('does not come back in other words under the name of another topic', async () => {
    const room = await aTestRoom(world, service);
    fake.answers = (call) => ({
      perguntas: [{ ...fever, trecho: passageOn(call.user, /febre/i) }],
    });
    const first = await room.ask(await room.says('PACIENTE', complaint));
    const offered = first.items.find((item) => item.question === fever.pergunta);
    expect(offered?.engine).toBe(engine);
    await world.query("update suggestions set status = 'dismissed' where id = $1", [offered?.id]);
    await room.says('MEDICO', 'A tosse piora quando a senhora deita de barriga cheia?');

    const again = [
      { topico: 'sintomas_associados', pergunta: 'Junto com isso, teve febre nesses dias?' },
      {
        topico: 'fatores_piora',
        pergunta: 'Quando a senhora deita de barriga cheia a tosse piora?',
      },
      { topico: 'sono', pergunta: 'A tosse piora de noite, quando deita de barriga cheia?' },
    ];
    fake.answers = (call) => ({
      perguntas: again.map((one) => ({
        ...one,
        trecho: passageOn(call.user, /tosse/i),
        alarme: false,
      })),
    });
    const id = await room.says('PACIENTE', 'Piora um pouco, e de manhã também.');
    await room.ask(id);
    const shown = await shownIn(room);
    for (const { pergunta } of again)
      expect(shown.map((one) => one.question)).not.toContain(pergunta);
    expect(new Set(shown.map(({ topic }) => topic)).size).toBe(shown.length);
    expect(Object.values((await droppedFor(id)) ?? {}).reduce((sum, n) => sum + n, 0)).toBe(3);
  });
});

describe('an answer that is not one', () => {
  const half = JSON.stringify({ perguntas: [{ ...fever, trecho: 'T1' }] }).slice(0, -12);

  // The last one: after three breaks in a row nobody is asked for a while.
  it.each([
    ['never ends', 1, { kind: 'endless' }],
    ['ends in the middle and says that it is done', 3, { kind: 'content', content: half }],
    ['breaks off in the middle', 3, { kind: 'cut_off', answer: { perguntas: [fever] } }],
  ] as const)('is not completed and not shown when it %s', async (_, tries, behaviour) => {
    fake.next(...new Array<ChatBehaviour>(tries).fill(behaviour));
    const room = await aTestRoom(world, service);
    const answer = await room.ask(await room.says('PACIENTE', complaint));
    // A busy machine may have no time for every try.
    expect(fake.calls.length).toBeGreaterThan(0);
    expect(fake.calls.length).toBeLessThanOrEqual(tries);
    expect(answer.items.length).toBeGreaterThan(0);
    for (const item of answer.items) {
      expect(item).toMatchObject({ engine: 'embedded-retrieval', fallback: true });
    }
    expect(answer.notice?.reason).toBe('unavailable');
    // What the vendor may have charged stays booked.
    const rows = await world.query(
      "select 1 from ai_pricing where consultation_id = $1 and service = 'gpt-4o' and state <> 'released'",
      [room.id],
    );
    expect(rows).toHaveLength(fake.calls.length);
  });

  it('is not asked for again while the server keeps breaking off', async () => {
    const broken: ChatBehaviour = { kind: 'cut_off', answer: { perguntas: [fever] } };
    for (let failures = 0; failures <= 3; failures++) {
      fake.calls.length = 0;
      fake.next(broken, broken, broken);
      const room = await aTestRoom(world, service);
      const answer = await room.ask(await room.says('PACIENTE', complaint));
      expect(answer.notice?.reason).toBe('unavailable');
      expect(answer.items.length).toBeGreaterThan(0);
      if (fake.calls.length === 0) return;
    }
    throw new Error('the server was asked however often it broke off');
  });
});

/** Id of a passage that was sent and speaks of something. */
function passageOn(user: string, of: RegExp): string {
  const { trechos } = questionInput.parse(JSON.parse(user));
  return trechos.find(({ texto }) => of.test(texto))?.id ?? 'none';
}
