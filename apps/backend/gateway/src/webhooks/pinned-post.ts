import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookTarget } from './webhook-target.ts';

export type PostOutcome =
  | { kind: 'answer'; status: number; retryAfter: string | undefined }
  | { kind: 'failed'; why: 'timeout' | 'connection' | 'tls' };

/**
 * Posts to exactly the pinned address, follows no redirect, reads nothing of the answer but its status:
 * what stands behind the address is never shown to who configured it.
 */
export function pinnedPost(
  target: WebhookTarget,
  body: string,
  headers: Readonly<Record<string, string>>,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<PostOutcome> {
  const { address, host, url } = target;
  const family = isIP(address);
  const secure = url.protocol === 'https:';
  const deadline = AbortSignal.timeout(options.timeoutMs);
  return new Promise((resolve) => {
    const request = (secure ? httpsRequest : httpRequest)({
      protocol: url.protocol,
      hostname: host,
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      family,
      // Asked instead of DNS: always the one answer that was checked.
      lookup: (_name, wanted, done) => {
        if (wanted.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
      ...(secure && isIP(host) === 0 ? { servername: host } : {}),
      signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
    });
    request.once('response', (response) => {
      const retryAfter = response.headers['retry-after'];
      resolve({ kind: 'answer', status: response.statusCode ?? 0, retryAfter });
      response.destroy();
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'failed', why: deadline.aborted ? 'timeout' : whyOf(error) });
    });
    request.end(body);
  });
}

function whyOf(error: NodeJS.ErrnoException): 'connection' | 'tls' {
  const code = error.code ?? '';
  return code.startsWith('ERR_TLS') || code.includes('CERT') || code.startsWith('ERR_SSL')
    ? 'tls'
    : 'connection';
}
