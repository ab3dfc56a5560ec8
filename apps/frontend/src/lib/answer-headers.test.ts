import { describe, expect, it } from 'vitest';
import nextConfig from '../../next.config.ts';
import { config as proxied } from '../proxy.ts';

const entries = (await nextConfig.headers?.()) ?? [];

function headersOf(source: string): Record<string, string> {
  const found = entries.find((entry) => entry.source === source);
  return Object.fromEntries((found?.headers ?? []).map(({ key, value }) => [key, value]));
}

describe('the headers of every answer of the frontend', () => {
  it('keep browsers to HTTPS for a year, below this name too', () => {
    const [, seconds] =
      /^max-age=(\d+); includeSubDomains$/.exec(
        headersOf('/:path*')['Strict-Transport-Security'] ?? '',
      ) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 24 * 3600);
  });

  it('forbid guessing of types, framing, referrers and devices of others', () => {
    expect(headersOf('/:path*')).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': expect.stringContaining('camera=(self)'),
    });
  });

  it('give a policy to what is no page too', () => {
    const [matcher = ''] = proxied.matcher;
    const passedBy = /\?!([^)]*)\)/.exec(matcher)?.[1]?.split('|') ?? [];
    expect(passedBy.length).toBeGreaterThan(5);
    const sources = entries
      .slice(1)
      .map(({ source }) => source)
      .join(' ');
    for (const path of passedBy) {
      expect(sources).toContain(path.split('/').find((part) => part !== ''));
    }
    for (const { source } of entries.slice(1)) {
      const policy = headersOf(source)['Content-Security-Policy'];
      for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(directive);
      }
    }
  });
});
