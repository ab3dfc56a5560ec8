import type { IncomingMessage } from 'node:http';

export interface ClientOfRequest {
  address: string;
  protocol: string;
}

/**
 * Who sent a request that no Express app has seen, as Express reads it with `trust proxy` set to the same number:
 * each trusted proxy in front has added the address that it saw at the end of X-Forwarded-For.
 */
export function clientOf(req: IncomingMessage, trustedHops: number): ClientOfRequest {
  const { socket } = req;
  const direct = socket.remoteAddress ?? 'unknown';
  const encrypted = 'encrypted' in socket && socket.encrypted === true;
  const protocol = encrypted ? 'https' : 'http';
  if (trustedHops === 0) return { address: direct, protocol };
  const seen = [direct, ...listOf(req.headers['x-forwarded-for']).reverse()];
  const [said] = listOf(req.headers['x-forwarded-proto']);
  return {
    address: seen[Math.min(trustedHops, seen.length - 1)] ?? direct,
    protocol: said || protocol,
  };
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : header;
  return text ? text.split(',').map((one) => one.trim()) : [];
}
