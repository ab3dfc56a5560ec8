import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let db: TestDatabase;
let gate: Gate;
beforeAll(async () => {
  db = await createTestDatabase();
  gate = await openGate(new URL(db.ownerUrl));
});
afterAll(async () => {
  gate.close();
  await db.drop();
});

interface Gate {
  readonly port: number;
  /** Answers stop without a word, as when the machine behind a load balancer hangs. */
  freeze(): void;
  thaw(): void;
  close(): void;
}

async function openGate(target: URL): Promise<Gate> {
  let frozen = false;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => {
      if (!frozen) client.write(bytes);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a frozen server fails the call in time, and its connection is not used again', async () => {
  const url = new URL(db.appUrl);
  url.port = String(gate.port);
  const database = createDatabase({
    url: url.href,
    applicationName: 'frozen',
    poolSize: 1,
    statementTimeoutMs: 200,
    logger: { debug() {}, warn() {}, error() {} },
  });
  const look = () =>
    database.asSystem('test', (trx) => trx.selectFrom('clinicas').select('id').execute());
  await look();

  gate.freeze();
  const startedAt = performance.now();
  await expect(look()).rejects.toThrow(/timeout/i);
  expect(performance.now() - startedAt).toBeLessThan(5_000);

  // With one connection in the pool, a stuck one kept would fail this call.
  gate.thaw();
  expect(await look()).toEqual([]);
  await database.close();
});
