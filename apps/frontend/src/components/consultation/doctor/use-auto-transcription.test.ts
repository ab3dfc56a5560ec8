import { afterEach, expect, it, vi } from 'vitest';
import { rememberPause } from './use-auto-transcription.ts';

afterEach(() => vi.unstubAllGlobals());

it('pausing works where the browser refuses storage', () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  vi.stubGlobal('sessionStorage', {
    setItem: () => {
      throw new DOMException('refused', 'SecurityError');
    },
    removeItem: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  });
  expect(() => rememberPause('room', true)).not.toThrow();
  expect(() => rememberPause('room', false)).not.toThrow();
});
