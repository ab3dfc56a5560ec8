/**
 * Questions and notes of the embedded engine over the synthetic consultations of tests/eval:
 * `npm run eval:ai [-- --json FILE] [--show]`. `--show` names what was missed, except in the late third,
 * which nobody is to tune to.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aiTable, measureAi } from './eval/ai.ts';

const { values: flags } = parseArgs({
  options: { json: { type: 'string' }, show: { type: 'boolean', default: false } },
});
const report = await measureAi(join(import.meta.dirname, '..'));
process.stdout.write(aiTable(report));
if (flags.show) {
  for (const [what, items] of Object.entries(report.details)) {
    process.stdout.write(`\n${what}\n${items.map((item) => `  ${item}\n`).join('')}`);
  }
}
if (flags.json) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
