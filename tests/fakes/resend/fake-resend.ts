import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { bodyOf, cutOff, sendJson, serveFake } from '../http-fake.ts';
import { FaultPlan } from '../vendor-fault.ts';

export interface SentMail {
  id: string;
  key: string | null;
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
}

export interface FakeResend {
  url: string;
  apiKey: string;
  /** What really went out: a repeated key adds nothing. */
  sent: SentMail[];
  requests: { key: string | null; status: number }[];
  faults: FaultPlan;
  close(): Promise<void>;
}

const apiKey = 're_fake_key';
const keyLivesMs = 24 * 3_600_000;

/**
 * Speaks Resend's `POST /emails`: bearer key, `Idempotency-Key` for 24 hours (same body: same answer,
 * another body: 409, still running: 409), 422 for what is missing, 429 with its headers.
 */
export async function startFakeResend(now: () => number = Date.now): Promise<FakeResend> {
  const sent: SentMail[] = [];
  const requests: FakeResend['requests'] = [];
  const faults = new FaultPlan();
  const keys = new Map<string, { hash: string; id: string | null; at: number }>();

  const server = await serveFake(async (req, res) => {
    const body = await bodyOf(req);
    const key = req.headers['idempotency-key']?.toString() ?? null;
    const answer = (status: number, json: unknown, headers: Record<string, string> = {}) => {
      requests.push({ key, status });
      sendJson(res, status, json, headers);
    };
    const error = (status: number, name: string, message: string, headers = {}) =>
      answer(status, { statusCode: status, name, message }, headers);

    if (req.method !== 'POST' || req.url !== '/emails') {
      return error(404, 'not_found', 'The requested endpoint does not exist.');
    }
    if (req.headers.authorization === undefined) {
      return error(401, 'missing_api_key', 'Missing API Key');
    }
    if (req.headers.authorization !== `Bearer ${apiKey}`) {
      return error(401, 'validation_error', 'API key is invalid');
    }
    if (key !== null && (key.length < 1 || key.length > 256)) {
      return error(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
    }
    const fault = faults.take();
    switch (fault?.kind) {
      case 'rate_limited':
        return error(429, 'rate_limit_exceeded', 'Too many requests.', {
          'retry-after': String(fault.retryAfterSeconds),
          'ratelimit-limit': '5',
          'ratelimit-remaining': '0',
          'ratelimit-reset': String(fault.retryAfterSeconds),
        });
      case 'server_error_before':
        return error(500, 'internal_server_error', 'An unexpected error occurred.');
      case 'cut_off_before':
        requests.push({ key, status: 0 });
        res.destroy();
        return;
      case 'unauthorized':
        return error(401, 'restricted_api_key', 'This API key is restricted.');
      default:
    }

    const mail = parse(body);
    if (mail === null) {
      return error(422, 'missing_required_field', 'Missing `to`, `from` or `subject` field.');
    }
    if (!mail.to.every((address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))) {
      return error(422, 'validation_error', 'Invalid `to` field.');
    }
    const hash = createHash('sha256').update(body).digest('hex');
    const known = key === null ? undefined : keys.get(key);
    if (known && now() - known.at < keyLivesMs) {
      if (known.hash !== hash) {
        return error(409, 'invalid_idempotent_request', 'Same key, other payload.');
      }
      if (known.id === null) {
        return error(409, 'concurrent_idempotent_requests', 'Same key, still in progress.');
      }
      return answer(200, { id: known.id });
    }
    const id = randomUUID();
    if (key !== null) keys.set(key, { hash, id, at: now() });
    sent.push({ id, key, ...mail });
    loseOrAnswer(res, fault?.kind, id, (status) => requests.push({ key, status }));
  });

  return { url: server.url, apiKey, sent, requests, faults, close: server.close };
}

function loseOrAnswer(
  res: ServerResponse,
  fault: string | undefined,
  id: string,
  note: (status: number) => void,
): void {
  switch (fault) {
    case 'server_error_after':
      note(500);
      sendJson(res, 500, { statusCode: 500, name: 'application_error', message: 'Unexpected.' });
      return;
    case 'cut_off_after':
      note(0);
      cutOff(res, 200, '{"id":"49a3');
      return;
    case 'hang_after':
      note(0);
      return;
    case 'garbage_after':
      note(200);
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<html>gateway</html>');
      return;
    default:
      note(200);
      sendJson(res, 200, { id });
  }
}

function parse(body: string): Omit<SentMail, 'id' | 'key'> | null {
  try {
    const given = JSON.parse(body) as Partial<Omit<SentMail, 'id' | 'key'>>;
    const { from, to, subject, html, text } = given;
    if (!from || !to || !subject || (!html && !text)) return null;
    return { from, to: [to].flat(), subject, html: html ?? '', text: text ?? '' };
  } catch {
    return null;
  }
}
