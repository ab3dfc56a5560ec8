/**
 * How well the guideline search finds the right document, by kind of query, beside each of its halves
 * alone: `npm run eval:retrieval [-- --json FILE] [--missed]
 * [--development]`. The last asks the queries that settings are chosen on instead of those that judge.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRetriever } from './eval/open-retriever.ts';
import { measureRetrieval, methods, retrievalTable } from './eval/retrieval.ts';
import { withScratchDatabase } from './eval/scratch-database.ts';

const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    missed: { type: 'boolean', default: false },
    development: { type: 'boolean', default: false },
  },
});

await withScratchDatabase(async (database) => {
  const { retriever, close } = await openRetriever(database, root);
  const { report, missed } = await measureRetrieval(
    retriever,
    root,
    methods,
    flags.development ? 'development' : 'evaluation',
  );
  await close();
  process.stdout.write(retrievalTable(report));
  if (flags.missed) process.stdout.write(`not among the first three: ${missed.join(' ')}\n`);
  if (flags.json) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
});
