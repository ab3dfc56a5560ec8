import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createTestDatabase } from '@medcall/service-kit/database/test-database';
import { drainJobs } from '../../../apps/backend/gateway/src/testing/drain-jobs.ts';
import { startGateway } from '../../../apps/backend/gateway/src/testing/world.ts';

/**
 * A Supabase project's Auth on a port and a database of its own: the embedded identity behind what
 * Supabase puts before GoTrue. Every call needs the project's `apikey`; clinics and roles are unknown
 * to it; asking for mails too often is a 429 that names the limit. Its mails are those of the default
 * templates: their link leads to the project's own `/verify`, which spends the token and sends the browser
 * on with a session in the fragment.
 */
export interface FakeSupabaseAuth {
  /** `SUPABASE_URL`. */
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  /** Requests that came, as `METHOD /path`. */
  requests: string[];
  /** From now on tokens are signed with a new key; the old one stays published for its tokens. */
  rotateKey(): Promise<void>;
  /** Answers every call with this status until it is null again. */
  failWith(status: number | null): void;
  advance(milliseconds: number): void;
  /** Its clock. */
  now(): number;
  /** The link in the last mail to an address (`{{ .ConfirmationURL }}`). */
  mailedLink(email: string): Promise<URL>;
  close(): Promise<void>;
}

export interface FakeSupabaseOptions {
  /** In production `auth.users` lies in the database that our rows refer to: told before it is answered. */
  onInvited?: (user: { id: string; email: string }) => Promise<void>;
}

const anonKey = 'anon-key-of-the-project';
const serviceRoleKey = 'service-role-key-of-the-project-0123456789';
const mailPauseMs = 60_000;

export async function startFakeSupabaseAuth(
  dataDir: string,
  { onInvited }: FakeSupabaseOptions = {},
): Promise<FakeSupabaseAuth> {
  const requests: string[] = [];
  const askedForMail = new Map<string, number>();
  /** Where a mail's link leads in the end, by address: as who asked for the mail wished. */
  const redirects = new Map<string, string>();
  const state = { failing: null as number | null, inner: '' };
  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const database = await createTestDatabase();
  const gateway = await startGateway(database, {
    DATA_DIR: dataDir,
    PUBLIC_GATEWAY_URL: url,
    SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey,
  });
  state.inner = gateway.url;

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? '/';
    requests.push(`${req.method} ${path.split('?')[0]}`);
    const body = await bodyOf(req);
    const refuse = (status: number, message: object) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(message));
    if (state.failing !== null) return void refuse(state.failing, { msg: 'upstream' });
    if (!path.startsWith('/auth/v1/')) return void refuse(404, { msg: 'not found' });
    // Browsers come here by a link in a mail, and bring no key.
    if (req.method === 'GET' && path.startsWith('/auth/v1/verify?')) return verify(path, res);
    const key = req.headers.apikey;
    const isPublic = path.startsWith('/auth/v1/.well-known/');
    if (!isPublic && key !== anonKey && key !== serviceRoleKey) {
      return void refuse(401, { message: 'Invalid API key', hint: 'Double check your API key.' });
    }
    if (path.startsWith('/auth/v1/recover')) {
      const { email } = JSON.parse(body.toString()) as { email: string };
      const now = gateway.clock.now();
      if (now - (askedForMail.get(email) ?? 0) < mailPauseMs) {
        return void refuse(429, {
          code: 429,
          error_code: 'over_email_send_rate_limit',
          msg: 'For security purposes, you can only request this after 60 seconds.',
        });
      }
      askedForMail.set(email, now);
    }
    const { connection: _c, 'content-length': _l, host: _h, ...headers } = req.headers;
    const answered = await fetch(state.inner + path, {
      method: req.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(body.length > 0 ? { body } : {}),
    });
    const { 'content-encoding': _e, ...kept } = Object.fromEntries(answered.headers);
    const text = Buffer.from(await answered.arrayBuffer());
    if (path.startsWith('/auth/v1/invite') && answered.ok) {
      const user = JSON.parse(text.toString()) as { id: string; email: string };
      redirects.set(user.email, new URL(path, url).searchParams.get('redirect_to') ?? '');
      await onInvited?.(user);
    }
    res.writeHead(answered.status, { ...kept, 'content-length': text.length }).end(text);
  }

  /** GET /verify of GoTrue: implicit flow, tokens or what was wrong in the fragment. */
  async function verify(path: string, res: ServerResponse): Promise<void> {
    const asked = new URL(path, url).searchParams;
    const answered = await fetch(`${state.inner}/auth/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: asked.get('type'), token_hash: asked.get('token') }),
    });
    const to = new URL(asked.get('redirect_to') ?? url);
    if (answered.ok) {
      const session = (await answered.json()) as Record<string, unknown>;
      const { access_token, expires_in, refresh_token } = session;
      to.hash = new URLSearchParams({
        access_token: String(access_token),
        expires_in: String(expires_in),
        refresh_token: String(refresh_token),
        token_type: 'bearer',
        type: asked.get('type') ?? '',
      }).toString();
    } else {
      to.hash = new URLSearchParams({
        error: 'access_denied',
        error_code: 'otp_expired',
        error_description: 'Email link is invalid or has expired',
      }).toString();
    }
    res.writeHead(303, { location: to.href }).end();
  }

  return {
    url,
    anonKey,
    serviceRoleKey,
    requests,
    async rotateKey() {
      await database.database.asSystem('arrange a test', (trx) =>
        trx
          .updateTable('auth_embedded.signing_keys')
          .set({ status: 'retired', retired_at: new Date(gateway.clock.now()) })
          .where('purpose', '=', 'identity')
          .where('status', '=', 'active')
          .execute(),
      );
      // Its own memory of the keys is half a minute long.
      gateway.clock.advance(31_000);
    },
    failWith(status) {
      state.failing = status;
    },
    advance: (milliseconds) => gateway.clock.advance(milliseconds),
    now: () => gateway.clock.now(),
    async mailedLink(email) {
      await drainJobs({ ...gateway, database }, { only: ['identity.email'] });
      const mails = (await gateway.container.outbox?.list(50)) ?? [];
      const ours = mails.find(({ to }) => to === email)?.text.match(/https?:\/\/\S+#\S+/)?.[0];
      if (!ours) throw new Error(`no mail with a link to ${email}`);
      const values = new URLSearchParams(new URL(ours).hash.slice(1));
      const link = new URL('/auth/v1/verify', url);
      link.searchParams.set('token', values.get('token_hash') ?? '');
      link.searchParams.set('type', values.get('type') ?? '');
      link.searchParams.set('redirect_to', redirects.get(email) ?? '');
      return link;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await gateway.stop();
      await database.drop();
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of req) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
