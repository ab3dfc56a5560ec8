import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpFake {
  url: string;
  close(): Promise<void>;
}

/** Serves one handler on loopback; a handler that throws cuts the connection. */
export async function serveFake(
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
): Promise<HttpFake> {
  const listener: RequestListener = (req, res) => {
    handle(req, res).catch((error: unknown) => {
      res.destroy(error instanceof Error ? error : undefined);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

/** Starts an answer that never ends well: headers and half a body, then the line is gone. */
export function cutOff(res: ServerResponse, status: number, half: string): void {
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': '500' });
  res.write(half, () => res.destroy());
}
