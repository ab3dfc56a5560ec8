import { afterEach, expect, it, vi } from 'vitest';
import { pageTraceparent, tracePages, traceparentField } from './page-trace.ts';

afterEach(() => {
  tracePages(false);
  vi.unstubAllGlobals();
});

const at = (pathname: string) => vi.stubGlobal('window', { location: { pathname } });
const traceOf = (traceparent = '') => traceparent.split('-')[1];

it('says nothing while the installation makes no traces', () => {
  at('/dashboard');
  expect(traceparentField()).toEqual({});
});

it('one screen is one trace, each request has a parent of its own', () => {
  tracePages(true);
  at('/call/room-1');
  const [first, second] = [pageTraceparent(), pageTraceparent()];
  expect(first).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(second).not.toBe(first);
  expect(traceOf(second)).toBe(traceOf(first));
  at('/dashboard');
  expect(traceOf(pageTraceparent())).not.toBe(traceOf(first));
  expect(first).not.toContain('room-1');
});
