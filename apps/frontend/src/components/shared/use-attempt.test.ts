// @vitest-environment jsdom
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '#lib/api/api-error.ts';
import { type Attempt, useAttempt } from './use-attempt.ts';

let root: Root | undefined;
let form: Attempt;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  function Form() {
    form = useAttempt();
    return null;
  }
  root = createRoot(document.createElement('div'));
  act(() => root?.render(createElement(Form)));
});
afterEach(() => {
  act(() => root?.unmount());
  vi.unstubAllGlobals();
});

/** A deed that is on its way until the test says how it ended. */
function aDeed() {
  const deed = Promise.withResolvers<void>();
  let runs = 0;
  const run = () => {
    runs += 1;
    return deed.promise;
  };
  return { ...deed, run, count: () => runs };
}

it('is busy until the deed is done, and runs no second one meanwhile', async () => {
  const deed = aDeed();
  const ended: boolean[] = [];
  await act(async () => void form.attempt(deed.run).then((worked) => ended.push(worked)));
  expect(form.busy).toBe(true);
  await act(async () => ended.push(await form.attempt(deed.run)));
  expect(ended).toEqual([false]);
  await act(async () => deed.resolve());
  expect(ended).toEqual([false, true]);
  expect([form.busy, form.trouble, deed.count()]).toEqual([false, null, 1]);
});

it('says the sentence of a refusal, takes it back for the next try, and can be pressed again', async () => {
  const refused = () => Promise.reject(new ApiError('forbidden', 'Você não pode fazer isso.'));
  let worked = true;
  await act(async () => {
    worked = await form.attempt(refused);
  });
  expect([worked, form.busy, form.trouble]).toEqual([false, false, 'Você não pode fazer isso.']);
  const deed = aDeed();
  let next = Promise.resolve(false);
  await act(async () => {
    next = form.attempt(deed.run);
  });
  expect([form.busy, form.trouble]).toEqual([true, null]);
  await act(async () => deed.resolve());
  expect(await next).toBe(true);
});

it('shows nobody the words of an error that is not fit for the screen', async () => {
  await act(async () => {
    await form.attempt(() => Promise.reject(new TypeError('x is not a function')));
  });
  expect(form.trouble).toBe('Algo não funcionou aqui. Tente de novo em instantes.');
  act(() => form.setTrouble(null));
  expect(form.trouble).toBeNull();
});
