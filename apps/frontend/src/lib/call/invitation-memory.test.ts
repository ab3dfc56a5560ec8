// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  forgetInvitation,
  rememberedInvitation,
  stripInvitationScript,
} from './invitation-memory.ts';

/** As the browser runs it: an inline script. */
function open(path: string): void {
  window.history.replaceState(null, '', path);
  new Function(stripInvitationScript)();
}

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

describe('stripInvitationScript', () => {
  it('moves the invitation from the address into this tab', () => {
    open('/call/sala-1234?convite=abc.def-123&x=1#fim');
    expect(`${location.pathname}${location.search}${location.hash}`).toBe(
      '/call/sala-1234?x=1#fim',
    );
    expect(rememberedInvitation('sala-1234')).toBe('abc.def-123');
    expect(rememberedInvitation('sala-9999')).toBeNull();
  });

  it('leaves an address without an invitation, and what was remembered before, alone', () => {
    open('/call/sala-1234?convite=abc');
    open('/call/sala-1234');
    expect(rememberedInvitation('sala-1234')).toBe('abc');
    forgetInvitation('sala-1234');
    expect(rememberedInvitation('sala-1234')).toBeNull();
  });

  it.each([
    ['every access', 'getItem'],
    ['writing alone', 'nothing'],
  ])(
    'where the browser refuses %s: the address is clean, the page knows the invitation',
    (_, reading) => {
      const refuse = () => {
        throw new DOMException('refused', 'SecurityError');
      };
      const read = reading === 'getItem' ? refuse : () => null;
      vi.stubGlobal('sessionStorage', {
        getItem: read,
        setItem: refuse,
        removeItem: refuse,
        clear() {},
      });
      vi.spyOn(console, 'warn').mockReturnValue(undefined);
      open('/call/sala-1234?convite=abc');
      expect(location.search).toBe('');
      expect(rememberedInvitation('sala-1234')).toBe('abc');
      expect(rememberedInvitation('sala-9999')).toBeNull();
      forgetInvitation('sala-1234');
      expect(rememberedInvitation('sala-1234')).toBeNull();
    },
  );
});
