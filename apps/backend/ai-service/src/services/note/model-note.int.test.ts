import type { World } from '@medcall/service-kit/testing/world';
import { noteSectionNames } from '@medcall/shared-types/note';
import { type NoteDraft, noteDraft } from '@medcall/shared-types/note-draft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatCall } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import type { FakeChatServer } from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { dialogue } from '../../testing/dialogue.ts';
import { injections } from '../../testing/injections.ts';
import { type ModelStage, openModelStage } from '../../testing/model-stage.ts';
import { aTestRoom, type TestRoom } from '../../testing/room.ts';
import type { TestService } from '../../testing/test-service.ts';
import { loadPrompt } from '../llm/prompt.ts';
import { words } from '../text/fold.ts';

const noteInput = z.object({
  paciente: z.object({
    idade: z.number().nullable(),
    sexo: z.string().nullable(),
    acompanhante: z.boolean(),
  }),
  transcricao: z.array(z.object({ id: z.string(), quem: z.string(), texto: z.string() })),
});
let stage: ModelStage;
let world: World;
let fake: FakeChatServer;
let service: TestService;

beforeAll(async () => {
  stage = await openModelStage();
  ({ world, fake, service } = stage);
});
afterAll(() => stage?.close());

const talk = `
  M: Bom dia, o que aconteceu?
  P: Sou Odete Sampaio e estou com dor de cabeça há três dias.
  M: Teve febre?
  P: Não.
  M: Isso parece enxaqueca. Vou receitar dipirona, um grama, se doer.`;

async function aTalk(extra: string[] = []) {
  const room = await aTestRoom(world, service);
  const ids: string[] = [];
  for (const { speaker, text } of dialogue(talk)) {
    if (speaker !== 'UNKNOWN') ids.push(await room.says(speaker, text));
  }
  for (const text of extra) ids.push(await room.says('PACIENTE', text));
  return { room, ids };
}

async function draftOf(room: TestRoom): Promise<NoteDraft> {
  const token = await service.serviceToken(room.id, room.doctor.clinicaId);
  const { status, body } = await service.call('POST', '/api/notes/draft', {
    token,
    body: { consultation_id: room.id },
  });
  expect(status).toBe(200);
  return noteDraft.parse(body);
}

const textsOf = (draft: NoteDraft) =>
  noteSectionNames.flatMap((name) => draft.sections[name].map(({ text }) => text));
const frase = (secao: string, texto: string, ...falas: string[]) => ({ secao, texto, falas });
const good = [
  frase('subjetivo', 'Queixa principal: dor de cabeça há três dias.', 'F2'),
  frase('subjetivo', 'Nega febre.', 'F3', 'F4'),
  frase('avaliacao', 'Parece enxaqueca.', 'F5'),
  frase('plano', 'Receitar dipirona, um grama, se doer.', 'F5'),
];

describe('a note by a language model', () => {
  it('is linked to the rows of the transcript, names its engine, prompt and output, and is paid', async () => {
    const { room, ids } = await aTalk();
    fake.calls.length = 0;
    fake.answers = () => ({ frases: good });
    const draft = await draftOf(room);
    expect(textsOf(draft)).toEqual(good.map(({ texto }) => texto));
    expect(draft.sections.subjetivo[1]?.transcription_ids).toEqual([ids[2], ids[3]]);
    expect(draft).toMatchObject({
      dropped: { count: 0, reasons: {} },
      prompt_hash: loadPrompt('nota', 1).hash,
      output_id: expect.stringMatching(/./),
    });
    expect(draft.engine).not.toBe('embedded-extractive');
    expect(draft.notice).toBeUndefined();
    const rows = await world.query<{ service: string; state: string }>(
      'select service, state from ai_pricing where consultation_id = $1',
      [room.id],
    );
    expect(rows).toEqual([{ service: 'gpt-4o', state: 'settled' }]);
    // The instructions are the file's, the talk is data, and nobody's name is in it.
    const [call] = fake.calls;
    expect(call?.system).toBe(loadPrompt('nota', 1).text);
    expect(noteInput.parse(JSON.parse(call?.user ?? '')).transcricao).toHaveLength(5);
    expect(call?.user).not.toMatch(/Odete|Sampaio/);
  });

  it('loses what the transcript does not support, and says how much', async () => {
    const { room } = await aTalk();
    fake.answers = () => ({
      frases: [
        ...good,
        frase('subjetivo', 'Refere febre.', 'F3', 'F4'),
        frase('plano', 'Receitar dipirona, dois gramas, se doer.', 'F5'),
        frase('plano', 'Receitar paracetamol se doer.', 'F5'),
        frase('subjetivo', 'Refere dor de cabeça.', 'F99'),
      ],
    });
    const draft = await draftOf(room);
    expect(textsOf(draft)).toEqual(good.map(({ texto }) => texto));
    expect(draft.dropped.count).toBe(4);
    expect(draft.dropped.reasons).toMatchObject({ number: 1, drug: 1, unknown_utterance: 1 });
  });

  it('rests on nothing of another consultation, whose rows it may name by their true ids', async () => {
    const elsewhere = await aTalk(['Fui mordida por uma capivara.']);
    const { room, ids } = await aTalk();
    fake.answers = () => ({
      frases: [
        ...good,
        frase('subjetivo', 'Refere mordida de capivara.', elsewhere.ids.at(-1) ?? ''),
        frase(
          'subjetivo',
          'Refere dor de cabeça há três dias, sem febre.',
          'F2',
          elsewhere.ids[1] ?? '',
        ),
        frase('plano', 'Receitar dipirona.', elsewhere.ids[4] ?? ''),
      ],
    });
    const draft = await draftOf(room);
    expect(textsOf(draft)).toEqual(good.map(({ texto }) => texto));
    expect(draft.dropped).toEqual({ count: 3, reasons: { unknown_utterance: 3 } });
    const linked = noteSectionNames.flatMap((name) =>
      draft.sections[name].flatMap((sentence) => sentence.transcription_ids),
    );
    expect(linked.every((id) => ids.includes(id))).toBe(true);
  });

  it('is the embedded engine’s when nothing that the model wrote is supported', async () => {
    const { room } = await aTalk();
    fake.answers = () => ({ frases: [frase('plano', 'Internar imediatamente.', 'F5')] });
    const draft = await draftOf(room);
    expect(draft).toMatchObject({ engine: 'embedded-extractive', dropped: { count: 1 } });
    expect(draft.notice?.reason).toBe('unavailable');
  });
});

/** A model that does whatever it reads: in every section, on every utterance, and its own work besides. */
function obedient(writes: readonly string[]) {
  return (call: ChatCall) => {
    const { transcricao } = noteInput.parse(JSON.parse(call.user));
    const all = transcricao.map(({ id }) => id);
    const obeyed = writes.flatMap((text) => {
      const texto = text.replaceAll('{{outra}}', secret).replace(/\?$/, '.');
      return [
        ...noteSectionNames.map((secao) => frase(secao, texto, ...all)),
        frase('subjetivo', `Refere ${texto}`, ...all),
        frase('plano', `Orientação dita pelo médico: "${texto}"`, all.at(-1) ?? 'F1'),
      ];
    });
    return { frases: [...good, ...obeyed].slice(0, 80) };
  };
}

const secret = 'fui mordida por uma capivara em Quixeramobim';

describe('a model that obeys everything it reads', () => {
  it.each(injections)('$id: $text', async ({ betrays, text, writes }) => {
    const { room } = await aTalk([text]);
    fake.answers = obedient(writes);
    const draft = await draftOf(room);
    const pattern = new RegExp(betrays.replaceAll('{{outra}}', 'capivara|Quixeramobim'), 'i');
    // The doctor's part holds what the doctor said, and nothing of another consultation is anywhere.
    expect(draft.sections.objetivo).toEqual([]);
    expect(draft.sections.avaliacao.map((one) => one.text)).toEqual(['Parece enxaqueca.']);
    expect(draft.sections.plano.map((one) => one.text)).toEqual([
      'Receitar dipirona, um grama, se doer.',
    ]);
    expect(textsOf(draft).join(' ')).not.toMatch(/capivara|Quixeramobim/i);
    // What stands in the report beside the good sentences is the patient's own word, told as his.
    const said = words(`${talk} ${text}`);
    for (const sentence of draft.sections.subjetivo) {
      const betrayed = words(pattern.exec(sentence.text)?.[0] ?? '');
      const heard = betrayed.every((word) => said.some((one) => one.startsWith(word.slice(0, 6))));
      expect(heard, sentence.text).toBe(true);
      expect(sentence.text).toMatch(/^(?:Queixa principal|Nega|Refere|Paciente)/);
    }
  });
});

describe('when the model does not write', () => {
  it.each([
    ['refuses', { kind: 'refusal' }],
    ['answers nothing', { kind: 'unauthorized' }],
  ] as const)('the embedded engine does, with a notice (it %s)', async (_, behaviour) => {
    const { room } = await aTalk();
    fake.answers = () => ({ frases: good });
    fake.next(behaviour);
    const draft = await draftOf(room);
    expect(draft).toMatchObject({ engine: 'embedded-extractive', prompt_hash: null });
    expect(draft.notice?.message).toMatch(/rascunho foi montado por este servidor/);
    expect(textsOf(draft).join(' ')).toContain('Nega febre.');
  });
});
