import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTurn, startTestTurn, type TestTurn } from '../../../../../tests/support/turn.ts';
import { TurnClient } from '../../../../../tests/support/turn-client.ts';
import { iceServersFor } from './ice-servers.ts';

// A real coturn reads the credentials. Without one these tests are skipped, and counted as skipped.
describe.skipIf(!hasTurn())('the relay with the configuration of production', () => {
  let relay: TestTurn;
  const clients: TurnClient[] = [];

  beforeAll(async () => {
    relay = await startTestTurn('production');
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await relay?.stop();
  });

  function clientWith(credential: { username: string; password: string }): TurnClient {
    const client = new TurnClient(relay, credential);
    clients.push(client);
    return client;
  }

  function credentialAt(nowMs: number, secret = relay.secret) {
    const [server] = iceServersFor({ urls: relay.url, secret }, 'participant-1', nowMs);
    return { username: server?.username ?? '', password: server?.credential ?? '' };
  }

  it('gives an allocation to whom the service gave a credential', async () => {
    expect(await clientWith(credentialAt(Date.now())).allocate()).toEqual({ ok: true });
  });

  it.each([
    ['has run out', () => credentialAt(Date.now() - 2 * 3600_000 - 5_000)],
    ['was made with another secret', () => credentialAt(Date.now(), 'another-secret-of-16')],
    [
      'was made to last longer than it was given for',
      () => {
        const { username, password } = credentialAt(Date.now());
        return { username: username.replace(/^\d+/, (expiry) => String(+expiry + 60)), password };
      },
    ],
  ])('refuses a credential that %s', async (_name, credential) => {
    expect(await clientWith(credential()).allocate()).toEqual({ ok: false, code: 401 });
  });

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
  ])('leads nobody to %s', async (address) => {
    const client = clientWith(credentialAt(Date.now()));
    expect(await client.allocate()).toEqual({ ok: true });
    expect(await client.permit(address)).toEqual({ ok: false, code: 403 });
  });

  it('leads to an address of the open net', async () => {
    const client = clientWith(credentialAt(Date.now()));
    expect(await client.allocate()).toEqual({ ok: true });
    expect(await client.permit('8.8.4.4')).toEqual({ ok: true });
  });
});
