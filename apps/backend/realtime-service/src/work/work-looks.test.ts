import { expect, it, vi } from 'vitest';
import { WorkLooks } from './work-looks.ts';

/** Looks that end when they are told to. */
function someWork() {
  const ends: { done: () => void; fail: (error: Error) => void }[] = [];
  const errors: unknown[] = [];
  const looks = new WorkLooks({
    everyMs: 10_000,
    look: () =>
      new Promise((done, fail) => {
        ends.push({ done, fail });
      }),
    onError: (error) => errors.push(error),
  });
  return { ends, errors, looks };
}

it('looks once at a time, and once more however often it was woken meanwhile', async () => {
  const { ends, looks } = someWork();
  looks.wake();
  looks.wake();
  looks.wake();
  expect(ends).toHaveLength(1);
  ends[0]?.done();
  await vi.waitFor(() => expect(ends).toHaveLength(2));
  ends[1]?.done();
  await looks.idle();
  expect(ends).toHaveLength(2);
});

it('a look that fails is told and does not end the looking', async () => {
  const { ends, errors, looks } = someWork();
  looks.wake();
  ends[0]?.fail(new Error('the database is away'));
  await looks.idle();
  expect(errors).toMatchObject([{ message: 'the database is away' }]);
  looks.wake();
  expect(ends).toHaveLength(2);
  ends[1]?.done();
  await looks.stop();
});

it('stopping waits for the look that is under way, and nothing begins after it', async () => {
  const { ends, looks } = someWork();
  looks.start();
  looks.wake();
  let stopped = false;
  const stopping = looks.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  expect(looks.stopped).toBe(true);
  expect(stopped).toBe(false);
  ends[0]?.done();
  await stopping;
  looks.wake();
  expect(ends).toHaveLength(1);
});
