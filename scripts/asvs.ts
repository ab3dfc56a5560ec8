/** `npm run docs:asvs`: writes docs/SECURITY-ASVS.md from docs/asvs-5.0.json. */
import { writeFileSync } from 'node:fs';
import { readReview, tableFile } from './lib/asvs/asvs.ts';
import { asvsTable } from './lib/asvs/table.ts';
import { runScript } from './lib/system/run-script.ts';

runScript(async () => {
  writeFileSync(tableFile, asvsTable(readReview()));
});
