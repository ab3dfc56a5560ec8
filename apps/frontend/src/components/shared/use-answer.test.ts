// @vitest-environment jsdom
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAnswer } from './use-answer.ts';

const everyMs = 10_000;
let root: Root | undefined;

/** A question whose answers a test gives one by one. */
function aQuestion({ repeat }: { repeat: boolean }) {
  const asked: ((answer: string) => void)[] = [];
  const now: { answer?: string | undefined; set?: (answer: string) => void } = {};
  function Probe() {
    [now.answer, now.set] = useAnswer(() => new Promise<string>((resolve) => asked.push(resolve)), {
      everyMs,
      repeat,
    });
    return null;
  }
  root = createRoot(document.createElement('div'));
  act(() => root?.render(createElement(Probe)));
  return { asked, now };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const hide = (hidden: boolean) => vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers();
});
afterEach(() => {
  act(() => root?.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('an answer set by hand outlives an older one that was on its way, which is asked for again', async () => {
  const { asked, now } = aQuestion({ repeat: false });
  act(() => now.set?.('sent just now'));
  await act(async () => asked[0]?.('before it'));
  expect(now.answer).toBe('sent just now');
  await pass(everyMs);
  await act(async () => asked[1]?.('with it'));
  expect(now.answer).toBe('with it');
  await pass(10 * everyMs);
  expect(asked).toHaveLength(2);
});

it('nothing is asked anew while nobody sees the page', async () => {
  const { asked } = aQuestion({ repeat: true });
  await act(async () => asked[0]?.('first'));
  hide(true);
  await pass(5 * everyMs);
  expect(asked).toHaveLength(1);
  hide(false);
  await pass(everyMs);
  expect(asked).toHaveLength(2);
});
