import { createServer } from 'node:http';
import { closeServer, listen } from '../http/listen.ts';
import { metricsContentType, metricsText } from './metrics.ts';

/**
 * `/metrics` on a port of its own, which no ingress leads to: figures of a clinic's use are nobody's outside.
 * @returns stops it
 */
export async function serveMetrics(
  port: number | undefined,
  host: string,
): Promise<() => Promise<void>> {
  if (port === undefined) return async () => undefined;
  const server = createServer((req, res) => {
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
