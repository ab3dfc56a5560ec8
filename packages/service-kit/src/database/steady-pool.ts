import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/**
 * A pg pool for Kysely that never hands out a connection on which a query timed out. pg gives up
 * waiting but leaves the query on the wire: the next borrower would wait behind it, and the pool
 * would stay stuck after the server has recovered.
 */
export function createSteadyPool(config: pg.PoolConfig): PostgresPool & { readonly raw: pg.Pool } {
  const pool = new pg.Pool(config);
  return {
    raw: pool,
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      return guard(await pool.connect());
    },
  };
}

function guard(client: pg.PoolClient): PostgresPoolClient {
  let stuck: Error | undefined;
  const query = async (text: string, parameters: ReadonlyArray<unknown>) => {
    // The rollback that follows a timeout would wait for the same deadline again.
    if (stuck) throw stuck;
    try {
      return await client.query(text, [...parameters]);
    } catch (error) {
      if (error instanceof Error && error.message === 'Query read timeout') stuck = error;
      throw error;
    }
  };
  return {
    // Kysely's second overload is for cursors, which this pool has none of.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy?: boolean) => client.release(destroy === true || stuck !== undefined),
  };
}
