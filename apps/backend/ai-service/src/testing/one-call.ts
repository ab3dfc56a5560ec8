import { createDatabase, createLogger, readEnv, systemClock } from '@medcall/service-kit';
import { z } from 'zod';
import { chooseModel } from '../choose-model.ts';
import { aiEnv } from '../config/env.ts';

/**
 * Makes one call of the language model for the consultation in CONSULTATION_ID, in a process of its
 * own, which a test may end at any moment.
 */
const env = readEnv(aiEnv.extend({ CONSULTATION_ID: z.uuid() }), process.env);
const logger = createLogger({ service: 'one-call', level: 'silent' });
const database = createDatabase({ url: env.DATABASE_URL, applicationName: 'one-call', logger });
await chooseModel({ env, database, clock: systemClock, logger }).complete({
  consultationId: env.CONSULTATION_ID,
  prompt: { task: 'teste', version: 1, text: 'Resuma.', hash: 'x' },
  input: { falas: ['Dói a cabeça há dois dias.'] },
  answer: z.object({ texto: z.string() }),
  maxOutputTokens: 200,
  deadlineMs: 20_000,
});
await database.close();
