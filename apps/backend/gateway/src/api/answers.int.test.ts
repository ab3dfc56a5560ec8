import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

/** What comes back for bytes as they are, which no HTTP client would send. */
function send(bytes: string): Promise<string> {
  const { hostname, port } = new URL(world.gateway.url);
  return new Promise((resolve, reject) => {
    const line = connect(Number(port), hostname, () => line.write(bytes));
    let text = '';
    line.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    line.on('close', () => resolve(text)).on('error', reject);
  });
}

describe('every answer of the gateway', () => {
  it('has the headers that protect, whoever gives it', async () => {
    const answers = [
      await world.doctor('GET', '/api/me'),
      await world.nobody('GET', '/api/me'),
      await world.nobody('GET', '/api/nada'),
      await world.nobody('GET', '/api/health'),
      await world.nobody('POST', '/auth/v1/token?grant_type=password', {}),
      await world.doctor('GET', '/api/rooms'),
      await world.doctor('GET', '/api/../etc/passwd'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
      );
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('says what it is, with its encoding', async () => {
    const types = [
      ['/api/me', 'application/json; charset=utf-8'],
      ['/api/nada', 'application/json; charset=utf-8'],
      ['/api/audit?format=csv', 'text/csv; charset=utf-8'],
      ['/api/docs', 'text/html; charset=utf-8'],
    ] as const;
    for (const [path, type] of types) {
      expect((await world.admin('GET', path)).headers.get('content-type')).toBe(type);
    }
  });

  it('is kept by no cache when it holds anything of somebody', async () => {
    for (const path of ['/api/me', '/api/patients', `/api/patients/${world.joao.id}`]) {
      expect((await world.doctor('GET', path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('lists no folder and gives no file but those of the page', async () => {
    for (const path of ['/', '/api', '/api/docs/package.json', '/api/docs/absolute-path.js']) {
      expect((await world.nobody('GET', path)).status).toBe(404);
    }
  });
});

describe('a request that means something else than it says', () => {
  it('is refused when a parameter comes twice', async () => {
    for (const path of ['/api/patients?limit=1&limit=2', '/api/consultations?status=A&status=B']) {
      expect(code(await world.doctor('GET', path))).toEqual([400, 'validation_failed']);
    }
  });

  it('changes no field that is not its own', async () => {
    const made = await world.doctor('POST', '/api/patients', {
      name: 'Nome Inventado',
      id: world.joao.id,
      clinica_id: world.foreign.id,
      active: false,
      allergies: ['dipirona'],
      created_at: '2001-01-01T00:00:00Z',
    });
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe(world.joao.id);
    expect(made.body.created_at).not.toContain('2001');
    const path = `/api/patients/${made.body.id}`;
    expect((await world.doctor('GET', path)).status).toBe(200);
    expect(code(await world.stranger('GET', path))).toEqual([404, 'not_found']);
  });

  it('reaches no prototype', async () => {
    const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const attempts = [
      ['PUT', '/auth/v1/user', `{"data":${polluting}}`],
      ['POST', '/api/patients', `{"name":"Nome Inventado",${polluting.slice(1)}`],
      ['POST', '/api/invitations/exchange', `{"token":"x",${polluting.slice(1)}`],
    ] as const;
    for (const [method, path, body] of attempts) {
      await fetch(world.gateway.url + path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body,
      });
    }
    await world.nobody('GET', '/api/booking/x?__proto__[polluted]=1&constructor[polluted]=1');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n'],
    ['a length beside chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'],
    ['a line that is folded', 'X-Folded: a\r\n b\r\nTransfer-Encoding: chunked, identity\r\n'],
  ])('is refused with %s', async (_what, framing) => {
    const head = 'POST /api/invitations/exchange HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
    expect(await send(`${head}${framing}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
