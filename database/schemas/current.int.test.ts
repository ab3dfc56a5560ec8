import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpSchema, schemaFile } from '../tools/dump-schema.ts';
import { generateTypes, tablesFile } from '../tools/generate-types.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('current.sql shows what the migrations add up to (npm run db:types writes it)', async () => {
  expect(await dumpSchema(db.ownerUrl)).toBe(await readFile(schemaFile, 'utf8'));
});

test('the table types are those of the migrations (npm run db:types writes them)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medcall-types-'));
  const file = join(folder, 'tables.ts');
  await generateTypes(db.ownerUrl, file);
  expect(await readFile(file, 'utf8')).toBe(await readFile(tablesFile, 'utf8'));
  await rm(folder, { recursive: true, force: true });
});
