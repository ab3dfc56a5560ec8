/**
 * What the gateway is measured against, each forked as a process of its own: `service` (what stands behind:
 * answers a small JSON), `middleware` (Express and http-proxy-middleware with a keep-alive agent, nothing
 * else), `plain` (node:http with a keep-alive agent). The target's port is the second argument.
 */
import { Agent, createServer, type RequestListener, request } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

const [kind = '', targetPort = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const body = JSON.stringify({
  items: Array.from({ length: 10 }, (_, id) => ({ id, status: 'WAITING' })),
  nextCursor: null,
});

const listeners: Record<string, () => RequestListener> = {
  service: () => (req, res) => {
    req.resume();
    req.on('end', () => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      res.end(body);
    });
  },
  middleware: () => {
    const app = express();
    app.disable('x-powered-by');
    app.use(createProxyMiddleware({ target: `http://127.0.0.1:${targetPort}`, agent, xfwd: true }));
    return app;
  },
  plain: () => (req, res) => {
    const upstream = request(
      {
        host: '127.0.0.1',
        port: Number(targetPort),
        path: req.url,
        method: req.method,
        headers: req.headers,
        agent,
      },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    upstream.on('error', () => res.destroy());
    req.pipe(upstream);
  },
};

const listener = listeners[kind]?.();
if (!listener) throw new Error(`there is no ${kind}`);
const server = createServer(listener);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
process.on('disconnect', () => process.exit(0));
