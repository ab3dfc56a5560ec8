import { ConfigError, envFlag, readEnv } from '@medcall/service-kit';
import { z } from 'zod';
import { type Stage, stages, watchStages } from '../failpoints.ts';

const hooksEnv = z.object({
  NODE_ENV: z.string().optional(),
  /** Lets the parent process end this one at a named stage (`npm run verify:*`). */
  MEDCALL_TEST_HOOKS: envFlag.default(false),
  /** Another program that speaks the decoders' protocol. */
  MEDCALL_TEST_DECODER: z.string().optional(),
});

export interface TestHooks {
  decoderScript: string | undefined;
}

/**
 * Hooks of the verification programs; null in an installation.
 * @throws ConfigError when a production environment asks for them
 */
export function readTestHooks(env: Record<string, string | undefined>): TestHooks | null {
  const { MEDCALL_TEST_DECODER, MEDCALL_TEST_HOOKS, NODE_ENV } = readEnv(hooksEnv, env);
  if (!MEDCALL_TEST_HOOKS && MEDCALL_TEST_DECODER === undefined) return null;
  if (NODE_ENV === 'production' || !MEDCALL_TEST_HOOKS) {
    throw new ConfigError(['MEDCALL_TEST_*: only for verification, never in production']);
  }
  return { decoderScript: MEDCALL_TEST_DECODER };
}

const order = z.object({
  stage: z.enum(stages),
  /** The process ends when it passes the stage for this time from now on. */
  passes: z.number().int().min(1),
  tornFraction: z.number().min(0).max(1),
});

/** What the parent process hears when it sends `"passes"`: how often each stage was passed. */
export type StageCounts = Partial<Record<Stage, number>>;

/** Counts the stages and ends the process where the parent process wants it. */
export function obeyParent(): void {
  const counts: StageCounts = {};
  let wanted: { stage: Stage; passes: number } | null = null;
  const watching = {
    tornFraction: 0.5,
    due(stage: Stage): boolean {
      counts[stage] = (counts[stage] ?? 0) + 1;
      if (wanted?.stage !== stage) return false;
      wanted.passes -= 1;
      return wanted.passes === 0;
    },
  };
  watchStages(watching);
  process.on('message', (message) => {
    if (message === 'passes') {
      process.send?.({ passes: counts });
      return;
    }
    const { tornFraction, ...kill } = order.parse(message);
    watching.tornFraction = tornFraction;
    wanted = kill;
  });
  // Whoever started this process is gone: so is its reason.
  process.on('disconnect', () => process.exit(0));
}
