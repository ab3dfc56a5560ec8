import pg from 'pg';
import { isLoopback } from './loopback.ts';

/**
 * Empties a database: everything that the migrations made goes, data included. Only on this machine.
 * Roles and extensions stay, they belong to the server.
 */
export async function resetDatabase(ownerUrl: string): Promise<void> {
  if (!isLoopback(ownerUrl)) {
    throw new Error('db:reset apaga todos os dados e só funciona em um banco desta máquina');
  }
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ supabase: boolean }>(
      "select to_regclass('auth.identities') is not null as supabase",
    );
    // A local Supabase keeps its own auth schema.
    const auth = rows[0]?.supabase ? '' : ', auth';
    await client.query('begin');
    await client.query(`drop schema if exists public, app, auth_embedded, pgboss${auth} cascade`);
    await client.query('create schema public');
    await client.query('commit');
  } finally {
    await client.end();
  }
}
