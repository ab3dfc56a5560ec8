import { spawn } from 'node:child_process';
import path from 'node:path';
import { rootDir } from '../../lib/system/settings.ts';

const site = 'http://medcall.localhost:8080';
const api = 'http://api.medcall.localhost:8080';
const email = 'medico@aurora.demo';

type Seen = [seen: string, ok: boolean];

/** Signs in as the page does: next-auth's own routes, then a page that only a signed-in doctor sees. */
export async function signInThroughPages(password: string): Promise<Seen> {
  const jar = new Map<string, string>();
  const ask = async (address: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${site}${address}`, {
      ...init,
      redirect: 'manual',
      headers: { cookie, origin: site, ...init.headers },
      signal: AbortSignal.timeout(30_000),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
  const before = await ask('/dashboard');
  const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
  await ask('/api/auth/callback/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  const after = await ask('/dashboard');
  const greeted = (await after.text()).includes('Beatriz');
  return [
    `/dashboard before ${before.status} → ${before.headers.get('location') ?? ''}, after ${after.status}, names the doctor: ${greeted}`,
    before.status === 307 && after.status === 200 && greeted,
  ];
}

/** The recorded consultation, through the front door alone. */
export async function playDemo(password: string): Promise<Seen> {
  const said: string[] = [];
  const child = spawn(
    process.execPath,
    [
      path.join(rootDir, 'scripts/demo.ts'),
      '--gateway',
      api,
      '--email',
      email,
      '--password',
      password,
    ],
    { cwd: rootDir, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  const lines = said.join('').trim().split('\n');
  return [`exit ${code}\n\n${lines.slice(-14).join('\n')}`, code === 0];
}
