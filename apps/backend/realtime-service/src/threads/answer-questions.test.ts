import { EventEmitter, once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { answerQuestions } from './answer-questions.ts';

const { port, setPriority } = vi.hoisted(() => ({
  port: { current: null as EventEmitter | null },
  setPriority: vi.fn(),
}));
vi.mock('node:os', async (original) => ({ ...(await original<object>()), setPriority }));
vi.mock('node:worker_threads', () => ({
  get parentPort() {
    return port.current;
  },
}));

it.runIf(process.platform === 'linux')(
  'answers where the system lets nobody set a priority, as in a process that was begun with a lower one',
  async () => {
    setPriority.mockImplementation(() => {
      throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    });
    const asker = new EventEmitter();
    port.current = Object.assign(asker, {
      postMessage: (answer: unknown) => asker.emit('answer', answer),
    });
    answerQuestions(z.string(), async (question) => ({ answer: `${question}!`, transfer: [] }));
    const answered = once(asker, 'answer');
    asker.emit('message', { id: 7, question: 'ouviu' });
    expect(await answered).toEqual([{ id: 7, answer: 'ouviu!' }]);
    expect(setPriority).toHaveBeenCalledOnce();
  },
);
