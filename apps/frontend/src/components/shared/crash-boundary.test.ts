// @vitest-environment jsdom
import { act, createElement, lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sharedMessages } from '#messages/shared.ts';
import { CrashBoundary } from './crash-boundary.tsx';

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => vi.unstubAllGlobals());

it('a piece of the page that cannot be loaded ends in words and a way to load it anew', async () => {
  const told = vi.fn();
  const place = document.createElement('div');
  const root = createRoot(place, { onCaughtError: told });
  const Missing = lazy(() => Promise.reject(new Error('the piece did not come')));
  const page = createElement(Suspense, { fallback: null }, createElement(Missing));
  await act(async () => root.render(createElement(CrashBoundary, null, page)));
  expect(place.textContent).toContain(sharedMessages.errorTitle);
  expect([...place.querySelectorAll('button')].at(-1)?.textContent).toBe(sharedMessages.retry);
  expect(told).toHaveBeenCalledOnce();
  act(() => root.unmount());
});
