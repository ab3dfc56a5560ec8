import { createServer } from 'node:http';
import { closeServer, listen } from '../http/listen.ts';
import { metricsContentType, metricsText } from './metrics.ts';

/**
 * `/metrics` on a port of its own, which no ingress leads to: figures of a clinic's use are nobody's outside.
 * @param pages more of the operator's, by path, as JSON
 * @returns stops it
 */
export async function serveMetrics(
  port: number | undefined,
  host: string,
  pages: Readonly<Record<string, () => unknown>> = {},
): Promise<() => Promise<void>> {
  if (port === undefined) return async () => undefined;
  const server = createServer((req, res) => {
    const page = Object.hasOwn(pages, req.url ?? '') ? pages[req.url ?? ''] : undefined;
    if (page) {
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page()));
      return;
    }
    if (req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metricsText().then(
      (text) => res.writeHead(200, { 'content-type': metricsContentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  await listen(server, port, host);
  return () => closeServer(server, 500);
}
