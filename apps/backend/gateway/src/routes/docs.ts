import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, static as serveFolder } from 'express';
import { type DocumentedRoute, type DocumentFacts, openApiDocument } from '../api/openapi.ts';

const swaggerFolder = dirname(
  createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'),
);
const servedFiles = new Set(['/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png']);

/** Everything from here: scripts and styles of our own files, requests to ourselves. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/api/docs` and `/api/docs.json`: the contract of all three services, without a CDN. */
export function docsRoutes(routes: readonly DocumentedRoute[], facts: DocumentFacts): Router {
  const router = Router();
  const document = openApiDocument(routes, facts);
  router.get('/api/docs.json', (_req, res) => {
    res.json(document);
  });
  router.get(['/api/docs', '/api/docs/'], (_req, res) => {
    res.setHeader('Content-Security-Policy', pagePolicy);
    res.type('html').send(page);
  });
  router.get('/api/docs/start.js', (_req, res) => {
    res.type('js').send(startScript);
  });
  const files = serveFolder(swaggerFolder, { index: false, maxAge: '1d' });
  router.use('/api/docs', (req, res, next) => {
    if (servedFiles.has(req.path)) files(req, res, next);
    else next();
  });
  return router;
}

const page = `<!doctype html>
<html lang="pt-BR">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API da MedCall AI</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <noscript>Esta página precisa de JavaScript. O documento está em <a href="/api/docs.json">/api/docs.json</a>.</noscript>
    <div id="documento"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

const startScript = `SwaggerUIBundle({
  url: '/api/docs.json',
  dom_id: '#documento',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
});
`;
