import pg from 'pg';
import type { TestGateway } from './world.ts';

/** A connection of the database's owner, whom no policy holds; the caller ends it. */
export async function ownerOf({ database }: Pick<TestGateway, 'database'>): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return owner;
}
