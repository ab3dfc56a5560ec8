import { randomBytes, randomUUID, scryptSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, createLogger, type Logger, type Trx } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { testCpf } from '@medcall/utils';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { readGatewayEnv } from '../config/env.ts';
import { type Container, type ContainerOptions, createContainer } from '../container.ts';
import { createGateway } from '../server.ts';

export const password = 'Senha-de-teste-2026';
/** A stored hash carries its cost: cheap here, so that a test signs in within milliseconds. */
const passwordHash = cheapHash(password);
let people = 0;

export interface TestPerson {
  sub: string;
  email: string;
  name: string;
  clinicaId: string;
  medicoId: string | null;
}

export interface TestClinic {
  id: string;
  doctor: TestPerson;
  otherDoctor: TestPerson;
  admin: TestPerson;
}

/** A clock that tests move; it starts at the present, because the database has its own. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
  /** Stops it: only `advance` moves it from here on. @returns lets it go on */
  hold(): () => void;
}

export function aClock(): TestClock {
  let ahead = 0;
  let heldAt: number | null = null;
  return {
    now: () => (heldAt ?? Date.now()) + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    hold() {
      heldAt = Date.now();
      return () => {
        heldAt = null;
      };
    },
  };
}

/** What a test puts in place of the world outside. */
export type WorldOptions = Pick<ContainerOptions, 'resolve'>;

/** A running gateway on a database of its own. */
export interface TestGateway {
  url: string;
  database: TestDatabase;
  clock: TestClock;
  container: Container;
  /** What the worker beside it is made of: the same clock, the jobs' own rights. */
  jobs: Container;
  stop(): Promise<void>;
}

export async function aGateway(
  env: Record<string, string> = {},
  logger?: Logger,
  options: WorldOptions = {},
): Promise<TestGateway> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'medcall-gateway-'));
  const running = await startGateway(database, { DATA_DIR: dataDir, ...env }, logger, options);
  return {
    ...running,
    database,
    async stop() {
      await running.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One more gateway on a database that is there already. */
export async function startGateway(
  database: TestDatabase,
  env: Record<string, string>,
  logger = createLogger({ service: 'gateway', level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
  options: WorldOptions = {},
): Promise<Omit<TestGateway, 'database'>> {
  const clock = aClock();
  const parts = {
    env: readGatewayEnv({
      DATABASE_URL: database.appUrl,
      AUTH_PROVIDER: 'embedded',
      INTERNAL_SERVICE_SECRET: 'x'.repeat(40),
      PUBLIC_GATEWAY_URL: 'http://gateway.test',
      PUBLIC_FRONTEND_URL: 'http://frontend.test',
      DATABASE_POOL_SIZE: '5',
      // Nobody listens on these: a test that wants a service behind the gateway brings its own.
      REALTIME_SERVICE_URL: 'http://127.0.0.1:9',
      AI_SERVICE_URL: 'http://127.0.0.1:9',
      ...env,
    }),
    logger,
    clock,
    ...options,
  };
  const container = await createContainer(parts);
  const jobs = await createContainer({ ...parts, work: 'jobs' });
  const gateway = createGateway(container);
  const port = await gateway.start(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    container,
    jobs,
    async stop() {
      await jobs.close();
      await gateway.stop();
    },
  };
}

export function supabaseFor(gateway: { url: string }, key = 'anon-key'): SupabaseClient {
  return createClient(gateway.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

/** A clinic with two doctors and an administrator who can all sign in. */
export async function aClinic({ database }: { database: TestDatabase }): Promise<TestClinic> {
  return database.database.asSystem('arrange a test', async (trx) => {
    const clinic = await trx
      .insertInto('clinicas')
      .values({ nome: `Clínica ${randomUUID().slice(0, 8)}` })
      .returning('id')
      .executeTakeFirstOrThrow();
    return {
      id: clinic.id,
      doctor: await aPerson(trx, clinic.id, 'medico'),
      otherDoctor: await aPerson(trx, clinic.id, 'medico'),
      admin: await aPerson(trx, clinic.id, 'admin'),
    };
  });
}

/** One more doctor of a clinic: for who is to leave it. */
export function aDoctorOf(
  { database }: { database: TestDatabase },
  clinicaId: string,
): Promise<TestPerson> {
  return database.database.asSystem('arrange a test', (trx) => aPerson(trx, clinicaId, 'medico'));
}

async function aPerson(trx: Trx, clinicaId: string, role: 'medico' | 'admin'): Promise<TestPerson> {
  people += 1;
  const email = `${role}${people}-${randomUUID().slice(0, 8)}@clinica.test`;
  const name = role === 'medico' ? `Dra. Teste ${people}` : `Recepção ${people}`;
  const user = await trx
    .insertInto('auth_embedded.users')
    .values({ email, password_hash: passwordHash, email_confirmed_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow();
  const medico =
    role === 'medico'
      ? await trx
          .insertInto('medicos')
          .values({
            nome: name,
            crm: `${100_000 + people}/SP`,
            clinica_id: clinicaId,
            user_auth: user.id,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
      : undefined;
  await trx
    .insertInto('members')
    .values({
      user_auth: user.id,
      clinica_id: clinicaId,
      role,
      medico_id: medico?.id ?? null,
      name,
      email,
    })
    .execute();
  return { sub: user.id, email, name, clinicaId, medicoId: medico?.id ?? null };
}

export interface TestPatient {
  id: string;
  name: string;
  cpf: string;
}

export async function aPatient(
  { database }: { database: TestDatabase },
  clinic: TestClinic,
  name = 'João Conceição da Silva',
): Promise<TestPatient> {
  people += 1;
  const cpf = testCpf(100_000_000 + people);
  const row = await database.database.asSystem('arrange a test', (trx) =>
    trx
      .insertInto('patients')
      .values({ name, cpf, clinica_id: clinic.id })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return { id: row.id, name, cpf };
}

export async function signIn(gateway: { url: string }, person: TestPerson): Promise<string> {
  const { data, error } = await supabaseFor(gateway).auth.signInWithPassword({
    email: person.email,
    password,
  });
  if (error) throw error;
  return data.session.access_token;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what each test asserts
  body: any;
  text: string;
  bytes: Buffer;
}

export type Api = (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;

/** Calls the gateway as the bearer of a token, or as nobody. */
export function apiOf(
  gateway: { url: string },
  token?: string,
  headers: Record<string, string> = {},
): Api {
  return async (method, path, body) => {
    const response = await fetch(gateway.url + path, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      bytes,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  };
}

function cheapHash(plain: string): string {
  const cost = { N: 1024, r: 8, p: 1 };
  const salt = randomBytes(16);
  const key = scryptSync(plain, salt, 32, cost);
  return [
    'scrypt',
    cost.N,
    cost.r,
    cost.p,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$');
}
