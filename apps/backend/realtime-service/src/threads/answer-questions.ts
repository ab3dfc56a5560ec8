import { setPriority } from 'node:os';
import { parentPort, type TransferListItem } from 'node:worker_threads';
import { z } from 'zod';

/** As the decoders: text may come a little later, acknowledgements may not. */
const NICENESS = 5;

/**
 * The other end of an `AskingThread`: one question after another. An answer that fails ends the thread,
 * and with it the questions that wait.
 */
export function answerQuestions<Q>(
  question: z.ZodType<Q>,
  work: (question: Q) => Promise<{ answer: unknown; transfer: readonly TransferListItem[] }>,
): void {
  lowerPriority();
  const asked = z.object({ id: z.number(), question });
  let line: Promise<void> = Promise.resolve();
  parentPort?.on('message', (raw: unknown) => {
    const sent = asked.parse(raw);
    line = line.then(async () => {
      const { answer, transfer } = await work(sent.question);
      parentPort?.postMessage({ id: sent.id, answer }, transfer);
    });
  });
}

function lowerPriority(): void {
  // Only Linux gives threads a priority of their own; elsewhere the whole process would get it.
  if (process.platform !== 'linux') return;
  try {
    setPriority(NICENESS);
  } catch (error) {
    // The service was started with a lower one, which nobody may raise again, or a sandbox forbids the call.
    if (!(error instanceof Error)) throw error;
  }
}
