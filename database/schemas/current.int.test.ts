import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dumpSchema, schemaFile } from '../tools/dump-schema.ts';
import { generateTypes, tablesFile } from '../tools/generate-types.ts';

// The files show the one layout that the migrations make.
const onlyHere = test.runIf(inject('testPostgres').layout === 'one-schema');

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

onlyHere(
  'current.sql shows what the migrations add up to (npm run db:types writes it)',
  async () => {
    expect(await dumpSchema(db.ownerUrl)).toBe(await readFile(schemaFile, 'utf8'));
  },
);

onlyHere('the table types are those of the migrations (npm run db:types writes them)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medcall-types-'));
  const file = join(folder, 'tables.ts');
  await generateTypes(db.ownerUrl, file);
  expect(await readFile(file, 'utf8')).toBe(await readFile(tablesFile, 'utf8'));
  await rm(folder, { recursive: true, force: true });
});
