/** The thread of `VadThread`. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { answerQuestions } from '../threads/answer-questions.ts';
import { loadVadModel } from './vad-model.ts';
import { floats } from './vad-thread.ts';

const { modelsDir } = z.object({ modelsDir: z.string() }).parse(workerData);
const model = loadVadModel(modelsDir);
const batchSchema = z.object({ count: z.number(), input: floats, state: floats });

answerQuestions(batchSchema, async (batch) => {
  const verdict = await (await model).judge(batch);
  return { answer: verdict, transfer: [verdict.probabilities.buffer, verdict.state.buffer] };
});
