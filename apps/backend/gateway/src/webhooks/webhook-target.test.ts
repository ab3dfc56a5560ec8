import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isPublicAddress } from './address-rules.ts';
import { pinnedPost } from './pinned-post.ts';
import { checkTarget } from './webhook-target.ts';

const refusedUrls = z
  .array(z.object({ url: z.string(), why: z.string(), resolvesTo: z.array(z.string()).optional() }))
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../../tests/fixtures/ssrf/refused-urls.json', import.meta.url),
        'utf8',
      ),
    ),
  );
const publicAddress = '93.184.215.14';

/** Whatever is not in the list resolves to a public address: what is refused is refused by a rule. */
function rulesFor(resolvesTo: string[] = [publicAddress], allowLoopback = false) {
  return { resolve: async () => resolvesTo, allowLoopback };
}

describe('addresses that a webhook may not have', () => {
  it('are at least two hundred different ones', () => {
    expect(new Set(refusedUrls.map(({ url }) => url)).size).toBe(refusedUrls.length);
    expect(refusedUrls.length).toBeGreaterThanOrEqual(200);
    console.log(`${refusedUrls.length} addresses refused`);
  });

  it.each(refusedUrls)('$why: $url', async ({ url, resolvesTo }) => {
    expect(await checkTarget(url, rulesFor(resolvesTo))).toMatchObject({ kind: 'refused' });
  });

  it('stay refused where this machine is allowed, but for this machine itself', async () => {
    const passed: string[] = [];
    for (const { resolvesTo, url } of refusedUrls) {
      const check = await checkTarget(url, rulesFor(resolvesTo, true));
      if (check.kind === 'target') passed.push(check.target.address);
    }
    expect(passed.length).toBeGreaterThan(0);
    expect(passed.filter((address) => !/^(127\.|::1$)/.test(address))).toEqual([]);
  });
});

describe('addresses that a webhook may have', () => {
  it.each([
    ['https://hooks.clinica.com.br/medcall?x=1', publicAddress],
    ['https://hooks.clinica.com.br:8443/', publicAddress],
    ['https://hooks.clinica.com.br.:443/', publicAddress],
    ['https://8.8.8.8/hook', '8.8.8.8'],
    ['https://[2606:4700::1111]/hook', '2606:4700::1111'],
  ])('%s goes to %s', async (url, address) => {
    expect(await checkTarget(url, rulesFor())).toMatchObject({
      kind: 'target',
      target: { address },
    });
  });

  it('a name without an answer is unresolved, also when asking fails', async () => {
    const url = 'https://hooks.clinica.com.br/';
    const wanted = { kind: 'refused', why: 'unresolved' };
    expect(await checkTarget(url, rulesFor([]))).toEqual(wanted);
    const failing = { resolve: () => Promise.reject(new Error('SERVFAIL')), allowLoopback: false };
    expect(await checkTarget(url, failing)).toEqual(wanted);
  });
});

it('no IPv4 address of a private range is public in any IPv6 dress', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const inside = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  );
  fc.assert(
    fc.property(
      inside,
      fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'),
      (parts, dress) => {
        const v4 = parts.join('.');
        expect(isPublicAddress(v4)).toBe(false);
        expect(isPublicAddress(`${dress}${v4}`)).toBe(false);
      },
    ),
  );
});

describe('pinnedPost', () => {
  async function aServer(handle: Parameters<typeof createServer>[1]) {
    const server = createServer(handle ?? (() => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      port,
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    };
  }
  const target = (port: number, host = 'hooks.clinica.com.br') => ({
    url: new URL(`http://${host}:${port}/hook?a=1`),
    host,
    address: '127.0.0.1',
  });

  it('connects to the pinned address whatever the name says now, and names it in Host', async () => {
    const seen: string[] = [];
    const server = await aServer((req, res) => {
      seen.push(`${req.method} ${req.url} ${req.headers.host}`);
      res.writeHead(204).end();
    });
    const outcome = await pinnedPost(target(server.port), '{}', {}, { timeoutMs: 2_000 });
    expect(outcome).toMatchObject({ kind: 'answer', status: 204 });
    expect(seen).toEqual([`POST /hook?a=1 hooks.clinica.com.br:${server.port}`]);
    server.close();
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const server = await aServer((_req, res) => {
      asked += 1;
      res.writeHead(307, { location: 'http://169.254.169.254/' }).end();
    });
    expect(await pinnedPost(target(server.port), '{}', {}, { timeoutMs: 2_000 })).toMatchObject({
      kind: 'answer',
      status: 307,
    });
    expect(asked).toBe(1);
    server.close();
  });

  it('gives up on a silent receiver, and on one that never stops talking', async () => {
    const silent = await aServer(() => undefined);
    expect(await pinnedPost(target(silent.port), '{}', {}, { timeoutMs: 100 })).toEqual({
      kind: 'failed',
      why: 'timeout',
    });
    silent.close();
    const endless = await aServer((_req, res) => {
      res.writeHead(200);
      const timer = setInterval(() => res.write('x'.repeat(1_000)), 5);
      res.on('close', () => clearInterval(timer));
    });
    expect(await pinnedPost(target(endless.port), '{}', {}, { timeoutMs: 2_000 })).toMatchObject({
      kind: 'answer',
      status: 200,
    });
    endless.close();
  });
});
