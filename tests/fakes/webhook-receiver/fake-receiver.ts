import { bodyOf, serveFake } from '../http-fake.ts';

export interface Received {
  headers: Record<string, string>;
  body: string;
}

/** How a clinic's system answers the next deliveries; `ok` when nothing is planned. */
export type ReceiverBehaviour =
  | { kind: 'ok' }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'hang' }
  | { kind: 'cut_off' };

export interface FakeReceiver {
  url: string;
  received: Received[];
  next(...behaviours: ReceiverBehaviour[]): void;
  /** Asked when nothing is planned. */
  otherwise: () => ReceiverBehaviour;
  close(): Promise<void>;
}

/** A clinic's system that takes deliveries, and fails in the ways such systems fail. */
export async function startFakeReceiver(): Promise<FakeReceiver> {
  const received: Received[] = [];
  const planned: ReceiverBehaviour[] = [];
  const server = await serveFake(async (req, res) => {
    const body = await bodyOf(req);
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
    );
    received.push({ headers, body });
    const behaviour = planned.shift() ?? receiver.otherwise();
    switch (behaviour.kind) {
      case 'ok':
        res.writeHead(204).end();
        return;
      case 'status':
        res.writeHead(behaviour.status, behaviour.headers).end('<html>internals</html>');
        return;
      case 'hang':
        return;
      case 'cut_off':
        res.destroy();
        return;
    }
  });
  const receiver: FakeReceiver = {
    url: `${server.url}/hook`,
    received,
    next: (...behaviours) => {
      planned.push(...behaviours);
    },
    otherwise: () => ({ kind: 'ok' }),
    close: server.close,
  };
  return receiver;
}
