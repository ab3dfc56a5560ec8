import { createLogger } from '@medcall/service-kit';
import { aiNoticeFor, type SuggestionItem } from '@medcall/shared-types';
import { expect, it } from 'vitest';
import { CapSignals } from '../engines/cap-signals.ts';
import type { AiClient } from './ai-client.ts';
import type { RoomView } from './consultation-reader.ts';
import { SuggestionLoop } from './suggestion-loop.ts';

const room: RoomView = {
  consultationId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11',
  roomId: 'sala-de-teste',
  clinicaId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a12',
  doctorId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a13',
  doctorAuth: null,
  doctorName: 'Dra. Teste',
  status: 'IN_PROGRESS',
  type: 'ONLINE',
  aiEnabled: true,
  timelineZeroAt: null,
  endedAt: null,
};
const item: SuggestionItem = {
  id: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a14',
  topic: 'irradiacao',
  question: 'A dor vai para algum lugar?',
  rationale: '',
  sources: [],
  triggeredBy: { transcriptionId: null, text: '' },
  engine: 'test',
};
const final = (text: string) => ({ id: 'u1', text, speaker: 'PACIENTE' as const });

function aLoop(ai: AiClient, caps = new CapSignals()) {
  const sent: string[] = [];
  const loop = new SuggestionLoop({
    ai,
    broadcaster: { toRoles: (_room, roles, event) => sent.push(`${event} to ${roles.join()}`) },
    caps,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  return { loop, sent };
}

async function settled(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}

it('sends a question once, also when a better text of the same utterance is answered with it again', async () => {
  let asked = 0;
  const { loop, sent } = aLoop({
    suggest: async () => {
      asked += 1;
      return { suggestions: [item.question], items: [item] };
    },
  });
  loop.onFinal(room, final('doi o peito'));
  await settled(() => asked === 1);
  await new Promise((resolve) => setImmediate(resolve));
  loop.onFinal(room, final('dói o peito'));
  await settled(() => asked === 2);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual(['suggestion to doctor']);
});

it('asks one thing at a time and lets the newest utterance stand for those that came meanwhile', async () => {
  const texts: string[] = [];
  const waiting: Array<() => void> = [];
  const { loop } = aLoop({
    suggest: async (request) => {
      texts.push(request.text);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { suggestions: [], items: [] };
    },
  });
  for (const text of ['um', 'dois', 'três']) loop.onFinal(room, final(text));
  await settled(() => waiting.length === 1);
  waiting.shift()?.();
  await settled(() => waiting.length === 1);
  waiting.shift()?.();
  expect(texts).toEqual(['um', 'três']);
});

it('survives an AI service that is down', async () => {
  let asked = 0;
  const { loop, sent } = aLoop({
    suggest: async () => {
      asked += 1;
      throw new Error('down');
    },
  });
  loop.onFinal(room, final('um'));
  await settled(() => asked === 1);
  expect(sent).toEqual([]);
});

it('shows that the money is spent while the language model is kept from working by it', async () => {
  const caps = new CapSignals();
  const notices = [aiNoticeFor('cost_cap'), aiNoticeFor('unavailable')];
  let asked = 0;
  const { loop } = aLoop(
    {
      suggest: async () => {
        const notice = notices[asked++];
        return { suggestions: [], items: [], ...(notice ? { notice } : {}) };
      },
    },
    caps,
  );
  loop.onFinal(room, final('dói o peito'));
  await settled(() => caps.stopped(room.roomId));
  await new Promise((resolve) => setImmediate(resolve));
  loop.onFinal(room, final('dói o peito e o braço'));
  await settled(() => !caps.stopped(room.roomId));
});
