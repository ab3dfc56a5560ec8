import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { securityTxt } from './security-txt.ts';

describe('security.txt', () => {
  it('names the contact, an end within a year and its own address', () => {
    const text = securityTxt('mailto:seguranca@example.org', 'https://medcall.example', 0);
    expect(text).toBe(
      'Contact: mailto:seguranca@example.org\nExpires: 1970-06-30T00:00:00.000Z\nPreferred-Languages: pt, en\nCanonical: https://medcall.example/.well-known/security.txt\n',
    );
  });

  it.each([['seguranca@example.org'], ['http://example.org/contact']])(
    '%s is no contact',
    (contact) => {
      const env = { NEXTAUTH_SECRET: 'x'.repeat(32), SECURITY_CONTACT: contact };
      expect(() => readEnv(env)).toThrow('SECURITY_CONTACT');
    },
  );
});
