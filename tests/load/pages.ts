import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';

/** What a clinic's open page asks for, again and again; the last one goes through the proxy. */
const routes = [
  '/api/consultations?limit=20',
  '/api/patients?search=teste',
  '/api/me',
  '/api/notifications?limit=10',
  '/api/openai/connections',
];

export interface PagesMeasured {
  requests: number;
  /** Answers that were none: by status, or the error's name. */
  failed: Record<string, number>;
  bytes: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
}

/** Every clinic asks for one thing every `everyMs`, at its own moment, until `untilMs` of performance.now(). */
export async function readPages(
  gatewayUrl: string,
  tokens: readonly string[],
  { everyMs, untilMs }: { everyMs: number; untilMs: number },
): Promise<PagesMeasured> {
  const agent = new Agent({ connections: tokens.length, pipelining: 1 });
  const latencies: number[] = [];
  const failed: Record<string, number> = {};
  let bytes = 0;
  const ask = async (route: string, token: string) => {
    const startedAt = performance.now();
    try {
      const { body, headers, statusCode } = await agent.request({
        origin: gatewayUrl,
        path: route,
        method: 'GET',
        headers: { authorization: `Bearer ${token}` },
        bodyTimeout: 15_000,
        headersTimeout: 15_000,
      });
      bytes += (await body.arrayBuffer()).byteLength + JSON.stringify(headers).length;
      latencies.push(performance.now() - startedAt);
      if (statusCode !== 200) failed[statusCode] = (failed[statusCode] ?? 0) + 1;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'thrown';
      failed[name] = (failed[name] ?? 0) + 1;
    }
  };
  const startedAt = performance.now();
  const page = async (token: string, index: number) => {
    const firstAt = startedAt + (index / tokens.length) * everyMs;
    for (let turn = 0; firstAt + turn * everyMs < untilMs; turn += 1) {
      await delay(Math.max(0, firstAt + turn * everyMs - performance.now()));
      await ask(routes[(index + turn) % routes.length] ?? '/api/me', token);
    }
  };
  await Promise.all(tokens.map(page));
  await agent.destroy();
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? Number.NaN;
  return {
    requests: latencies.length,
    failed,
    bytes,
    p50Ms: quantile(0.5),
    p90Ms: quantile(0.9),
    p99Ms: quantile(0.99),
  };
}
