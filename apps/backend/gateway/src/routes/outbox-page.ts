import { Router } from 'express';
import type { KeptMessage, OutboxFolder } from '../messages/outbox-folder.ts';

const most = 50;
const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The messages that a laptop keeps instead of sending, to be read in the browser. They hold links into
 * rooms: only with demonstration data, and only for this very machine.
 */
export function outboxPage(outbox: OutboxFolder): Router {
  const router = Router();
  router.get('/caixa-de-saida', async (req, res, next) => {
    if (!loopback.has(req.socket.remoteAddress ?? '')) return next();
    const messages = await outbox.list(most);
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    res.setHeader('Referrer-Policy', 'no-referrer');
    res.type('html').send(page(messages));
  });
  return router;
}

function page(messages: readonly KeptMessage[]): string {
  const list =
    messages.length === 0
      ? '<p>Nenhuma mensagem ainda. Convide um paciente com e-mail ou celular e volte aqui.</p>'
      : messages.map(article).join('');
  return `<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Caixa de saída</title><style>
body{margin:0 auto;max-width:46rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:#16282c;background:#f4f7f7}
article{margin:0 0 1rem;padding:1rem 1.25rem;border:1px solid #d6e0e1;border-radius:.75rem;background:#fff}
h2{margin:0;font-size:1rem}p{margin:.25rem 0}small{color:#4a5a5f}pre{margin:.75rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
@media(prefers-color-scheme:dark){body{color:#e7eff0;background:#0f1b1e}article{background:#16262a;border-color:#2b3f44}small{color:#a9babd}a{color:#7fd0dc}}
</style></head><body><h1>Caixa de saída</h1><p>Nesta instalação as mensagens não saem: ficam aqui, como o paciente as leria.</p>${list}</body></html>`;
}

function article({ at, channel, subject, text, to }: KeptMessage): string {
  const when = new Intl.DateTimeFormat('pt-BR', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'America/Sao_Paulo',
  }).format(new Date(at));
  const way = channel === 'email' ? 'E-mail' : 'SMS';
  return `<article><h2>${escapeHtml(subject ?? way)}</h2><small>${way} para ${escapeHtml(to)} · ${when}</small><pre>${linked(escapeHtml(text))}</pre></article>`;
}

function linked(escaped: string): string {
  return escaped.replace(
    /https?:\/\/[^\s<]+/g,
    (url) => `<a href="${url}" rel="noreferrer" target="_blank">${url}</a>`,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
