import { type IncomingMessage, type RequestOptions, request, STATUS_CODES } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ForwardedBy, requestHeaders } from './headers.ts';

export interface UpgradeTarget {
  origin: string;
  /** From the request to the answer's headers. */
  answerMs: number;
  /** How each open line is cut; a line is in it while it is open. */
  open: Set<() => void>;
}

/**
 * Sends a WebSocket upgrade on and joins both lines until either ends. A refusal of the service
 * reaches the client as it is; a service that is away or silent is a 503.
 */
export function forwardUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  by: ForwardedBy,
  target: UpgradeTarget,
): void {
  const url = new URL(req.url ?? '/', target.origin);
  const send = url.protocol === 'https:' ? secureRequest : request;
  const outgoing = send(upgradeRequest(req, url, by));
  let joined: Duplex | undefined;
  const deadline = setTimeout(
    () => outgoing.destroy(new Error('no answer in time')),
    target.answerMs,
  );
  const cut = () => {
    clearTimeout(deadline);
    target.open.delete(cut);
    outgoing.destroy();
    joined?.destroy();
    socket.destroy();
  };
  target.open.add(cut);
  socket.once('error', cut);
  socket.once('close', cut);

  outgoing.once('upgrade', (answer, upstream, upstreamHead) => {
    clearTimeout(deadline);
    joined = upstream;
    upstream.once('error', cut);
    upstream.once('close', cut);
    socket.write(headOf(answer));
    if (upstreamHead.length > 0) socket.write(upstreamHead);
    if (head.length > 0) upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  outgoing.once('response', (answer) => {
    clearTimeout(deadline);
    socket.write(headOf(answer, 'close'));
    answer.once('error', cut);
    answer.pipe(socket);
  });
  outgoing.on('error', () => {
    if (joined === undefined && socket.writable) refuseUpgrade(socket, 503);
    else cut();
  });
  outgoing.end();
}

/** Answers an upgrade with a plain HTTP status and closes. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function upgradeRequest(req: IncomingMessage, url: URL, by: ForwardedBy): RequestOptions {
  const names = requestHeaders(req, by);
  const headers: Record<string, string[]> = {};
  for (let i = 0; i + 1 < names.length; i += 2) {
    const name = names[i] ?? '';
    headers[name] = [...(headers[name] ?? []), names[i + 1] ?? ''];
  }
  return {
    hostname: url.hostname,
    port: url.port,
    path: req.url,
    method: 'GET',
    // A line of its own, never one that requests share.
    agent: false,
    headers: { ...headers, Connection: 'Upgrade', Upgrade: req.headers.upgrade ?? 'websocket' },
  };
}

/** The answer's first lines as they came: handshake keys and subprotocol belong to client and service. */
function headOf(answer: IncomingMessage, connection?: 'close'): string {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage ?? ''}`];
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    const name = answer.rawHeaders[i] ?? '';
    // A refusal is piped decoded and ended by the close of the line.
    if (connection && /^(connection|keep-alive|transfer-encoding)$/i.test(name)) continue;
    lines.push(`${name}: ${answer.rawHeaders[i + 1] ?? ''}`);
  }
  if (connection) lines.push(`Connection: ${connection}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
