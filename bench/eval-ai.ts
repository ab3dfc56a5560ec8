/**
 * Questions and notes of an engine over the synthetic consultations of tests/eval:
 * `npm run eval:ai [-- --engine embedded|azure|openai] [--json FILE] [--show]`. A language model is the one
 * that the environment names (AZURE_OPENAI_…, OPENAI_…). `--show` names what was missed, except in the late
 * third, which nobody is to tune to.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { aiTable, measureAi } from './eval/ai.ts';
import { modelEvalEngine } from './eval/model-engine.ts';

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'embedded' },
    json: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});
const name = z.enum(['embedded', 'azure', 'openai']).parse(flags.engine);
let spentMicros: (() => number) | undefined;
const report = await measureAi(
  join(import.meta.dirname, '..'),
  name === 'embedded'
    ? {}
    : {
        engine(library, lexicon) {
          const engine = modelEvalEngine(name, process.env, lexicon, library);
          ({ spentMicros } = engine);
          return engine;
        },
      },
);
process.stdout.write(aiTable(report));
if (spentMicros) process.stdout.write(`cost R$ ${(spentMicros() / 1e6).toFixed(4)}\n`);
if (flags.show) {
  for (const [what, items] of Object.entries(report.details)) {
    process.stdout.write(`\n${what}\n${items.map((item) => `  ${item}\n`).join('')}`);
  }
}
if (flags.json) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
