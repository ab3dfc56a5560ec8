import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, cutOff, sendJson, serveFake } from '../http-fake.ts';
import { FaultPlan } from '../vendor-fault.ts';
import { FakeChannels } from './google-channels.ts';
import { type CalendarRequest, type Done, FakeEvents } from './google-events.ts';
import { type EventBody, type GoogleEvent, googleError } from './google-words.ts';

/** What a person does on Google's page. */
export interface AtGoogle {
  email?: string;
  /** Scopes that are unticked. */
  without?: readonly string[];
  /** The person presses "cancel". */
  denies?: boolean;
}

export interface FakeGoogle {
  url: string;
  clientId: string;
  clientSecret: string;
  /** The environment of a gateway whose Google this is. */
  env: Record<string, string>;
  /** Events by calendar (the account's address) and id, deleted ones with status `cancelled`. */
  events: Map<string, Map<string, GoogleEvent>>;
  /** The calendars themselves: what a person does there, how long sync tokens hold, how long a page is. */
  calendars: FakeEvents;
  channels: FakeChannels;
  /** Requests of the calendar in order. */
  log: { method: string; path: string; query: string; status: number }[];
  /** For the calendar; tokens have their own. */
  faults: FaultPlan;
  tokenFaults: FaultPlan;
  revokeFaults: FaultPlan;
  /** Answers instead of the calendar, with Google's reason, once each. */
  refuse: { status: number; reason: string; retryAfterSeconds?: number }[];
  /** The person has another appointment there. @returns the event's id */
  appoint(email: string, event: Partial<EventBody> & Pick<EventBody, 'start' | 'end'>): string;
  /** Visits the page of an authorization request. @returns where the browser is sent back to */
  visit(authorizationUrl: string, person?: AtGoogle): URL;
  /** As if the person had been at Google's page already. @returns the refresh token */
  permit(email: string): string;
  /** Access tokens end now; refresh tokens stay. */
  expireAccess(): void;
  /** The person takes the permission back in his Google account. */
  revokeAll(): void;
  /** Accounts that still allow the client; one may have several refresh tokens. */
  permissions(): number;
  close(): Promise<void>;
}

interface Code {
  email: string;
  challenge: string;
  redirectUri: string;
  scope: string;
}

const secret = (bytes = 24) => randomBytes(bytes).toString('base64url');

/**
 * Speaks Google's OAuth 2.0 endpoints and the part of Calendar API v3 that writes events, reads what changed
 * (sync tokens, pages, 410), guards with etags, and opens and ends notification channels.
 */
export async function startFakeGoogle(): Promise<FakeGoogle> {
  const clientId = `${secret(8)}.apps.googleusercontent.com`;
  const clientSecret = `GOCSPX-${secret(12)}`;
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, { email: string; scope: string }>();
  const accessTokens = new Map<string, string>();
  const calendars = new FakeEvents();
  const channels = new FakeChannels();
  calendars.onChange = (email) => channels.tell(email);
  const log: FakeGoogle['log'] = [];
  const [faults, tokenFaults, revokeFaults] = [new FaultPlan(), new FaultPlan(), new FaultPlan()];
  const refuse: FakeGoogle['refuse'] = [];

  const token = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await bodyOf(req));
    const fault = tokenFaults.take();
    if (fault?.kind === 'server_error_before') {
      return sendJson(res, 503, { error: 'temporarily_unavailable' });
    }
    if (fault?.kind === 'cut_off_before') {
      res.destroy();
      return;
    }
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return sendJson(res, 401, { error: 'invalid_client' });
    }
    const answer = (refreshToken: string, isNew: boolean) => {
      const known = refreshTokens.get(refreshToken);
      if (!known) return sendJson(res, 400, { error: 'invalid_grant' });
      const access = `ya29.${secret()}`;
      accessTokens.set(access, refreshToken);
      sendJson(res, 200, {
        access_token: access,
        expires_in: 3599,
        scope: known.scope,
        token_type: 'Bearer',
        ...(isNew ? { refresh_token: refreshToken, id_token: idToken(clientId, known.email) } : {}),
      });
    };
    if (form.get('grant_type') === 'refresh_token') {
      return answer(form.get('refresh_token') ?? '', false);
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proven = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== proven || code.redirectUri !== form.get('redirect_uri')) {
      return sendJson(res, 400, { error: 'invalid_grant', error_description: 'Bad Request' });
    }
    const refreshToken = `1//${secret()}`;
    refreshTokens.set(refreshToken, { email: code.email, scope: code.scope });
    answer(refreshToken, true);
  };

  const revoke = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const given = new URLSearchParams(await bodyOf(req)).get('token') ?? '';
    if (revokeFaults.take()?.kind === 'server_error_before') {
      return sendJson(res, 503, { error: 'temporarily_unavailable' });
    }
    const revoked = refreshTokens.get(given);
    if (!revoked) return sendJson(res, 400, { error: 'invalid_token' });
    // A person allows a client once: with one of its tokens all of them end.
    for (const [token, { email }] of [...refreshTokens]) {
      if (email === revoked.email) refreshTokens.delete(token);
    }
    sendJson(res, 200, {});
  };

  const calendar = async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    const body = await bodyOf(req);
    const entry = { method: req.method ?? '', path: url.pathname, query: url.search, status: 0 };
    log.push(entry);
    res.once('finish', () => {
      entry.status = res.statusCode;
    });
    const given = (req.headers.authorization ?? '').replace(/^Bearer /, '');
    const known = refreshTokens.get(accessTokens.get(given) ?? '');
    if (!known) return googleError(res, 401, 'authError', 'Invalid Credentials');
    const refused = refuse.shift();
    if (refused) {
      const wait = refused.retryAfterSeconds;
      const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
      return googleError(res, refused.status, refused.reason, 'Refused', headers);
    }
    const fault = faults.take();
    switch (fault?.kind) {
      case 'rate_limited':
        return googleError(res, 403, 'rateLimitExceeded', 'Rate Limit Exceeded', {
          'retry-after': String(fault.retryAfterSeconds),
        });
      case 'server_error_before':
        return googleError(res, 500, 'backendError', 'Backend Error');
      case 'cut_off_before':
        res.destroy();
        return;
      default:
    }
    const done = work(known, {
      method: req.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body,
      ifMatch: req.headers['if-match'],
    });
    switch (fault?.kind) {
      case 'server_error_after':
        return googleError(res, 500, 'backendError', 'Backend Error');
      case 'cut_off_after':
        return cutOff(res, 200, '{"kind":"calen');
      case 'hang_after':
        return;
      case 'garbage_after':
        res.writeHead(200, { 'content-type': 'text/html' });
        res.end('<html>proxy</html>');
        return;
      default:
        if (done.error) return googleError(res, done.status, done.error, done.error);
        if (done.status === 204) {
          res.writeHead(204).end();
          return;
        }
        sendJson(res, done.status, done.body);
    }
  };

  /** Does it; what is answered of it is another matter. */
  const work = (
    { email, scope }: { email: string; scope: string },
    request: CalendarRequest,
  ): Done => {
    if (!scope.includes('calendar.events'))
      return { status: 403, error: 'insufficientPermissions' };
    return (
      channels.answer(email, request) ??
      calendars.answer(email, request) ?? { status: 404, error: 'notFound' }
    );
  };

  const server = await serveFake(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://fake');
    if (req.method === 'POST' && url.pathname === '/token') return token(req, res);
    if (req.method === 'POST' && url.pathname === '/revoke') return revoke(req, res);
    if (url.pathname.startsWith('/calendar/v3/')) return calendar(req, res, url);
    return sendJson(res, 404, { error: 'not_found' });
  });

  return {
    url: server.url,
    clientId,
    clientSecret,
    env: {
      GOOGLE_CLIENT_ID: clientId,
      GOOGLE_CLIENT_SECRET: clientSecret,
      GOOGLE_ACCOUNTS_URL: server.url,
      GOOGLE_OAUTH_URL: server.url,
      GOOGLE_API_URL: server.url,
    },
    events: calendars.byAccount,
    calendars,
    channels,
    log,
    faults,
    tokenFaults,
    revokeFaults,
    refuse,
    appoint: (email, event) =>
      calendars.add(email, { summary: 'Dentista da filha', description: 'levar exames', ...event }),
    visit(authorizationUrl, { denies = false, email = 'medica@gmail.test', without = [] } = {}) {
      const { searchParams } = new URL(authorizationUrl);
      const asked = (name: string) => searchParams.get(name) ?? '';
      const ok =
        asked('client_id') === clientId &&
        asked('response_type') === 'code' &&
        asked('access_type') === 'offline' &&
        asked('code_challenge_method') === 'S256';
      if (!ok) throw new Error('Error 400: invalid_request');
      const back = new URL(asked('redirect_uri'));
      back.searchParams.set('state', asked('state'));
      if (denies) {
        back.searchParams.set('error', 'access_denied');
        return back;
      }
      const code = `4/0${secret()}`;
      const scope = asked('scope')
        .split(' ')
        .filter((one) => !without.includes(one))
        .join(' ');
      codes.set(code, {
        email,
        challenge: asked('code_challenge'),
        redirectUri: asked('redirect_uri'),
        scope,
      });
      back.searchParams.set('code', code);
      back.searchParams.set('scope', scope);
      return back;
    },
    permit(email) {
      const refreshToken = `1//${secret()}`;
      const scope = 'https://www.googleapis.com/auth/calendar.events.owned';
      refreshTokens.set(refreshToken, { email, scope });
      return refreshToken;
    },
    expireAccess: () => accessTokens.clear(),
    revokeAll: () => refreshTokens.clear(),
    permissions: () => new Set([...refreshTokens.values()].map(({ email }) => email)).size,
    close: server.close,
  };
}

/** The parts of a JWT; nobody checks its signature where it comes from Google itself. */
function idToken(aud: string, email: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://accounts.google.com', aud, email, email_verified: true };
  return `${part({ alg: 'RS256', kid: 'fake' })}.${part(claims)}.${secret()}`;
}
