/** The thread of `EchoThread`. */
import { z } from 'zod';
import { answerQuestions } from '../../threads/answer-questions.ts';
import { findEcho } from './echo-search.ts';

const floats = z.custom<Float32Array<ArrayBuffer>>((value) => value instanceof Float32Array);
const pairSchema = z.object({
  copy: floats,
  original: floats,
  delayFrames: z.number().nullable(),
});

answerQuestions(pairSchema, (pair) => Promise.resolve({ answer: findEcho(pair), transfer: [] }));
