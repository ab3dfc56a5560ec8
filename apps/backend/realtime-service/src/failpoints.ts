/**
 * Places where `npm run verify:kills` ends the process, in the order in which sound passes them. In a
 * running installation nobody watches, and passing one costs a comparison with undefined.
 */
export const stages = [
  'torn-write',
  'written-before-ack',
  'acked-before-sync',
  'utterance-open',
  'decode-queued',
  'decoding',
  'decoded-before-row',
  'row-before-event',
  'event-before-checkpoint',
  'ending',
] as const;
export type Stage = (typeof stages)[number];

interface Watcher {
  /** Whether the process is to end here and now. */
  due(stage: Stage): boolean;
  /** Which part of a write is done before it is torn, 0–1. */
  tornFraction: number;
}

let watcher: Watcher | undefined;

/** From now on `watching` decides at each stage; only the test hooks call this. */
export function watchStages(watching: Watcher): void {
  watcher = watching;
}

/** Ends the process without a word when a test wants it to end at this stage. */
export function pass(stage: Stage): void {
  if (watcher?.due(stage)) die();
}

/** How many bytes of a write are done before the process ends, or null when it goes on. */
export function tornLength(length: number): number | null {
  return watcher?.due('torn-write') ? Math.floor(length * watcher.tornFraction) : null;
}

/** SIGKILL to itself: delivered before the call returns, like one from outside at this very moment. */
export function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}
