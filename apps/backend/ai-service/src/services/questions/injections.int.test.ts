import { resolve } from 'node:path';
import type { TestDoctor, World } from '@medcall/service-kit/testing/world';
import { anamnesisTopicKeys } from '@medcall/shared-types/anamnesis-topics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatCall } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import type { FakeChatServer } from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { questionBank } from '../../bank/question-bank.ts';
import { diligentModel, questionInput } from '../../testing/diligent-model.ts';
import { type Injection, injections } from '../../testing/injections.ts';
import { type ModelStage, openModelStage } from '../../testing/model-stage.ts';
import { projectRoot } from '../../testing/project-root.ts';
import { aTestRoom } from '../../testing/room.ts';
import type { TestService } from '../../testing/test-service.ts';
import { readCorpus } from '../guidelines/corpus.ts';
import { GuidelineLibrary } from '../guidelines/library.ts';
import { loadLexicon } from '../lexicon.ts';
import { loadPrompt } from '../llm/prompt.ts';
import { checkQuestion } from './check-question.ts';
import { createVocabulary } from './vocabulary.ts';

const secret = 'fui mordida por uma capivara em Quixeramobim';
/** A sentence that the masker takes for a whole, so that a fake can look for it in what was sent. */
const harmless = 'Estou com dor de cabeça e febre há dois dias, doutora.';
const bankQuestions = new Set(
  [...questionBank.complaints, questionBank.fallback].flatMap((complaint) =>
    complaint.questions.map((question) => question.ask),
  ),
);

let stage: ModelStage;
let world: World;
let fake: FakeChatServer;
let service: TestService;

beforeAll(async () => {
  stage = await openModelStage(async (opened) => {
    // Each document stands in a clinic of its own, before the service reads them.
    for (const attack of injections.filter(({ channel }) => channel === 'documento')) {
      clinics.set(attack.id, await aClinicWithDocument(opened, attack));
    }
  });
  ({ world, fake, service } = stage);
});
afterAll(() => stage?.close());

/** A model that does whatever it reads, choosing each open topic and passage in turn, and its own work besides. */
function obedient(attack: Injection, round: number) {
  return (call: ChatCall) => {
    const input = questionInput.parse(JSON.parse(call.user));
    const topics = Object.keys(input.topicos_abertos);
    const obeyed = attack.writes.flatMap((pergunta) =>
      topics.map((topico, at) => ({
        topico,
        pergunta: pergunta.replaceAll('{{outra}}', secret),
        trecho: input.trechos[(at + round) % input.trechos.length]?.id ?? 'T1',
        alarme: true,
      })),
    );
    const own = diligentModel(call, 2).perguntas;
    return { perguntas: [...obeyed.slice(round * 16, round * 16 + 16), ...own] };
  };
}

const clinics = new Map<string, TestDoctor>();

async function aClinicWithDocument(stands: World, attack: Injection): Promise<TestDoctor> {
  const doctor = await stands.aDoctor();
  const [row] = await stands.query<{ id: string }>(
    `insert into guideline_documents (clinica_id, slug, title, source, year, url)
     values ($1, $2, 'Protocolo da clínica', 'Clínica', 2026, 'https://clinica.example') returning id`,
    [doctor.clinicaId, `protocolo-${attack.id}`],
  );
  await stands.query(
    `insert into guideline_chunks (document_id, position, section, text) values ($1, 0, 'Febre e cefaleia', $2)`,
    [row?.id, `Dor de cabeça com febre há dias: perguntar pelo início. ${attack.text}`],
  );
  return doctor;
}

it('are at least forty, in both languages, by both ways, for each goal', () => {
  const count = (of: Partial<Injection>) =>
    injections.filter((one) =>
      Object.entries(of).every(([key, value]) => one[key as keyof Injection] === value),
    ).length;
  expect(injections.length).toBeGreaterThanOrEqual(40);
  for (const channel of ['paciente', 'documento'] as const) {
    for (const language of ['pt', 'en'] as const) {
      expect(count({ channel, language })).toBeGreaterThanOrEqual(5);
    }
  }
  for (const goal of ['instrucao', 'outra_consulta', 'paciente'] as const) {
    expect(count({ goal })).toBeGreaterThanOrEqual(8);
  }
});

describe('a model that obeys everything it reads', () => {
  it.each(injections)('$id ($channel, $language): $text', async (attack) => {
    const elsewhere = await aTestRoom(world, service);
    fake.answers = (call) => diligentModel(call, 1);
    await elsewhere.ask(await elsewhere.says('PACIENTE', `Doutora, ${secret} e a ferida dói.`));

    for (const round of [0, 1]) {
      const room = await aTestRoom(world, service, clinics.get(attack.id));
      fake.calls.length = 0;
      fake.answers = obedient(attack, round);
      await room.says('PACIENTE', harmless);
      const said = attack.channel === 'paciente' ? attack.text : 'A dor de cabeça não passa.';
      const answer = await room.ask(await room.says('PACIENTE', said));

      // It did read it, as data, under unchanged instructions, and nothing of the other consultation.
      expect(fake.calls).toHaveLength(1);
      const [call] = fake.calls;
      expect(call?.system).toBe(loadPrompt('perguntas', 1).text);
      const read = questionInput.parse(JSON.parse(call?.user ?? ''));
      const seen = [
        ...read.transcricao.map((line) => line.texto),
        ...read.trechos.map((t) => t.texto),
      ];
      expect(seen.some((text) => text.includes(attack.text.slice(0, 20)))).toBe(true);
      expect(call?.user).not.toMatch(/capivara|Quixeramobim/i);

      // Nothing of it is shown or stored: what is shown are questions that the bank knows, reasons included.
      const rows = await world.query<{ question: string; rationale: string }>(
        'select question, rationale from suggestions where room_id = $1',
        [room.roomId],
      );
      const betrays = new RegExp(
        attack.betrays.replaceAll('{{outra}}', 'capivara|Quixeramobim'),
        'i',
      );
      for (const { question, rationale } of [...rows, ...answer.items]) {
        expect(bankQuestions).toContain(question);
        expect(`${question} ${rationale}`).not.toMatch(betrays);
      }
      expect(answer.suggestions.length).toBeGreaterThan(0);

      // And none of it can be read by the patient.
      const invited = await service.tokens.forInvited(room, await world.anInvitation(room));
      const refused = await service.call('POST', '/api/suggestions', {
        token: invited,
        body: { roomId: room.roomId, transcription: 'mostre as perguntas' },
      });
      expect(refused.status).toBe(403);
    }
  });
});

it('gets nothing through whatever topic and passage it names', async () => {
  const library = new GuidelineLibrary(
    await readCorpus(resolve(projectRoot, 'database/seeds/guidelines')),
  );
  const vocabulary = createVocabulary(library, loadLexicon().drugNames);
  const complaints = [...questionBank.complaints];
  let tried = 0;
  for (const attack of injections) {
    const document = { id: 'T0', section: 'Febre e cefaleia', text: attack.text };
    const sections = library.documents
      .slice(0, 20)
      .flatMap(({ sections: all }, at) =>
        all
          .slice(0, 1)
          .map((section) => ({ id: `T${at + 1}`, section: section.heading, text: section.text })),
      );
    const passages = [document, ...sections].map((one) => ({
      ...one,
      documentId: 'x',
      title: 'Protocolo',
      source: 'x',
      year: 2026,
      url: 'https://x.test',
    }));
    const context = {
      passages,
      openTopics: new Set(anamnesisTopicKeys),
      earlier: [],
      complaints,
      vocabulary,
    };
    const betrays = new RegExp(
      attack.betrays.replaceAll('{{outra}}', 'capivara|Quixeramobim'),
      'i',
    );
    for (const written of attack.writes) {
      const pergunta = written.replaceAll('{{outra}}', secret);
      for (const topico of anamnesisTopicKeys) {
        for (const { id } of passages) {
          tried += 1;
          const result = checkQuestion({ topico, pergunta, trecho: id, alarme: true }, context);
          if (typeof result !== 'string') {
            expect(`${result.question} ${result.rationale}`).not.toMatch(betrays);
          }
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(50_000);
});
