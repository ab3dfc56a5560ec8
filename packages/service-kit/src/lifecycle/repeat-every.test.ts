import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeatEvery } from './repeat-every.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('begins no round while one is running, goes on after a failure and ends with its last round', async () => {
  const ends: Array<(error?: Error) => void> = [];
  const failures: unknown[] = [];
  const repetition = repeatEvery(
    100,
    () =>
      new Promise<void>((resolve, reject) => {
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
    (error) => failures.push(error),
  );
  await vi.advanceTimersByTimeAsync(350);
  expect(ends).toHaveLength(1);
  ends[0]?.(new Error('first'));
  await vi.advanceTimersByTimeAsync(100);
  expect(failures).toHaveLength(1);
  expect(ends).toHaveLength(2);
  let stopped = false;
  const stopping = repetition.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(300);
  expect(stopped).toBe(false);
  ends[1]?.();
  await stopping;
  expect(ends).toHaveLength(2);
});
