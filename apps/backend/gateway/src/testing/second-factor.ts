import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { TOTP } from 'otpauth';
import { password, type TestClock, type TestPerson } from './world.ts';

/** An authenticator app with one key in it. */
export interface App {
  factorId: string;
  secret: string;
  /** @param aheadSteps codes from now */
  code(aheadSteps?: number): string;
}

/** A code counts for so long. */
const stepMs = 30_000;

interface Running {
  url: string;
  clock: TestClock;
}

/** As a person's telephone shows it at that time. */
export function codeOf(secret: string, atMs: number): string {
  return new TOTP({ secret }).generate({ timestamp: atMs });
}

/** A client of supabase-js as the frontend makes it, recovery codes included. */
export function mfaClient(gateway: { url: string }, key = 'anon-key'): SupabaseClient {
  return createClient(gateway.url, key, {
    auth: {
      persistSession: false,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      experimental: { recoveryCodes: true },
    },
  });
}

/** Signs in with the password alone. */
export async function firstStep(gateway: Running, person: TestPerson): Promise<SupabaseClient> {
  const client = mfaClient(gateway);
  const { error } = await client.auth.signInWithPassword({ email: person.email, password });
  if (error) throw error;
  return client;
}

/** Enrols an app, without showing a code yet. */
export async function anApp(
  gateway: Running,
  client: SupabaseClient,
  friendlyName = 'Celular',
): Promise<App> {
  const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName });
  if (error) throw error;
  const { secret } = data.totp;
  return {
    factorId: data.id,
    secret,
    code: (aheadSteps = 0) => codeOf(secret, gateway.clock.now() + aheadSteps * stepMs),
  };
}

/**
 * Shows a code that was not shown before. Afterwards the clock stands near the beginning of a step: what a
 * test says of steps does not depend on when it runs.
 */
export async function secondStep(
  gateway: Running,
  client: SupabaseClient,
  app: App,
): Promise<void> {
  gateway.clock.advance(stepMs - (gateway.clock.now() % stepMs) + 1_000);
  const { factorId } = app;
  const { error } = await client.auth.mfa.challengeAndVerify({ factorId, code: app.code() });
  if (error) throw error;
}

/** A person with an app, signed in with both. */
export async function withTwoFactors(
  gateway: Running,
  person: TestPerson,
): Promise<{ client: SupabaseClient; app: App; token: string }> {
  const client = await firstStep(gateway, person);
  const app = await anApp(gateway, client);
  await secondStep(gateway, client, app);
  return { client, app, token: await tokenOf(client) };
}

export async function tokenOf(client: SupabaseClient): Promise<string> {
  const { data } = await client.auth.getSession();
  if (!data.session) throw new Error('nobody is signed in');
  return data.session.access_token;
}
