import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore, createLogger } from '@medcall/service-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Paper, PaperPrinter } from './paper.ts';
import { createPaperArchive } from './paper-archive.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'papers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const printing = (bytes: string): PaperPrinter => ({ print: async () => Buffer.from(bytes) });
/** The printers here do not look at it. */
const paper = {} as Paper;

function archiveWith(printer: PaperPrinter) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  return createPaperArchive({
    printer,
    store: createFolderStore(folder),
    logger,
    sealing: async () => null,
  });
}

it('keys a paper by its content: two versions of the drawing code do not spoil each other’s file', async () => {
  const [older, newer] = [archiveWith(printing('old face')), archiveWith(printing('new face'))];
  const filed = [await older.file('notes/n1', paper), await newer.file('notes/n1', paper)];
  expect(new Set(filed.map(({ key }) => key)).size).toBe(2);
  // Each reads both.
  for (const archive of [older, newer]) {
    expect(String(await archive.fetch(filed[0] ?? { key: '', sha256: '' }))).toBe('old face');
    expect(String(await archive.fetch(filed[1] ?? { key: '', sha256: '' }))).toBe('new face');
  }
  // The same content is the same file.
  expect((await older.file('notes/n1', paper)).key).toBe(filed[0]?.key);
});

it('hands out no file that is gone or is not the one that was filed', async () => {
  const archive = archiveWith(printing('face'));
  const { key, sha256 } = await archive.file('notes/n2', paper);
  const other = sha256.replace(/^./, (first) => (first === '0' ? '1' : '0'));
  for (const filed of [
    { key, sha256: other },
    { key: 'notes/none.pdf', sha256 },
  ]) {
    await expect(archive.fetch(filed)).rejects.toMatchObject({ code: 'unavailable' });
  }
});
