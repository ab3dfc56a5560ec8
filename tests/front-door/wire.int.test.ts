import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nginxPath } from '../../scripts/lib/testing/find-nginx.ts';
import { freePort } from '../support/free-port.ts';
import { type FrontDoor, startNginx } from './start-nginx.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(nginxPath() === null || !hasOpenssl)('nginx on the wire', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'medcall-tls-'));
  const behind: Server = createServer((req, res) => res.end(`${req.method} reached the service`));
  let door: FrontDoor;
  let tlsPort: number;

  beforeAll(async () => {
    const [certificate, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-subj', '/CN=medcall.test', '-days', '1', '-keyout', key, '-out', certificate],
      ],
      { stdio: 'ignore' },
    );
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
    const { port } = behind.address() as AddressInfo;
    tlsPort = await freePort();
    const tls = { port: tlsPort, certificate, key };
    door = await startNginx({ frontend: port, gateway: port, realtime: [port], tls });
  }, 60_000);

  afterAll(async () => {
    await door?.stop();
    behind.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Protocol and cipher of a connection, or null when none came about. */
  function speak(options: ConnectionOptions) {
    return new Promise<{ protocol: string | null; cipher: string } | null>((resolve) => {
      const line = connectTls(
        // A certificate of this test's own; weak protocols are asked for on purpose.
        { host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false, ...options },
        () => {
          resolve({ protocol: line.getProtocol(), cipher: line.getCipher().name });
          line.destroy();
        },
      );
      line.on('error', () => resolve(null));
    });
  }

  /** What comes back for bytes as they are. */
  function send(bytes: string) {
    return new Promise<string>((resolve, reject) => {
      const line = connect(door.port, '127.0.0.1', () => line.write(bytes));
      let text = '';
      line.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      line.on('close', () => resolve(text)).on('error', reject);
    });
  }

  it('prefers TLS 1.3, still takes 1.2 with forward secrecy, and nothing older', async () => {
    expect(await speak({})).toMatchObject({ protocol: 'TLSv1.3' });
    const older = await speak({ maxVersion: 'TLSv1.2' });
    expect(older?.protocol).toBe('TLSv1.2');
    expect(older?.cipher).toMatch(/^ECDHE-ECDSA-AES256-GCM/);
    for (const version of ['TLSv1.1', 'TLSv1'] as const) {
      const ciphers = 'ALL:@SECLEVEL=0';
      expect(await speak({ minVersion: version, maxVersion: version, ciphers })).toBeNull();
    }
  });

  it.each(['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'AES256-GCM-SHA384'])(
    'does not agree on %s',
    async (ciphers) => {
      expect(await speak({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` })).toBeNull();
    },
  );

  it('refuses TRACE', async () => {
    const answer = await send('TRACE / HTTP/1.1\r\nHost: api.x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).not.toContain('reached the service');
  });

  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n'],
    ['a length beside chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'],
    ['a coding that it does not know', 'Transfer-Encoding: chunked, identity\r\n'],
  ])('passes on no request with %s', async (_what, framing) => {
    const answer = await send(
      `POST / HTTP/1.1\r\nHost: api.x\r\nConnection: close\r\n${framing}\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (400|501) /);
    expect(answer).not.toContain('reached the service');
  });
});
