import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { rootDir } from '../../lib/system/settings.ts';

export const partNames = ['patient', 'pages', 'record', 'call'] as const;
export type Part = (typeof partNames)[number];

export const say = (text: string) => process.stdout.write(`${text}\n`);

const reportLine = z.object({
  part: z.enum(partNames),
  what: z.string(),
  figure: z.number(),
  unit: z.string(),
  allowed: z.number(),
  passed: z.boolean(),
});
type Line = z.infer<typeof reportLine>;

const folder = path.join(rootDir, 'docs', 'reports');
const earlierReport = z.object({ lines: z.array(reportLine) });

/** Figures of one run, and the two files that keep them. */
export class ScreensReport {
  readonly #lines: Line[] = [];
  #part: Part = 'patient';

  begin(part: Part): void {
    this.#part = part;
  }

  note(what: string, figure: number, unit: string, most: number): void {
    const rounded = Math.round(figure * 1000) / 1000;
    const passed = figure <= most;
    this.#lines.push({ part: this.#part, what, figure: rounded, unit, allowed: most, passed });
    say(`${passed ? '✓' : '✗'} ${what}: ${rounded} ${unit} (at most ${most})`);
  }

  get allPassed(): boolean {
    return this.#lines.every(({ passed }) => passed);
  }

  /** @param ran parts of this run; lines of the others stay as the last report has them */
  async write(ran: readonly Part[], explanation: string, facts: object): Promise<void> {
    const date = new Date().toISOString().slice(0, 10);
    const all = [...(await linesOfOthers(ran)), ...this.#lines].sort(
      (a, b) => partNames.indexOf(a.part) - partNames.indexOf(b.part),
    );
    const passed = all.filter((line) => line.passed).length;
    const machine = { cpu: cpus()[0]?.model ?? '?', cores: cpus().length };
    const table = all.map(
      ({ what, figure, unit, allowed, passed: good }) =>
        `| ${what} | ${figure} ${unit} | ${allowed} ${unit} | ${good ? '✓' : '✗'} |`,
    );
    const text = `# Speed of the screens

\`npm run verify:screens\` on ${date}, ${machine.cores} cores (${machine.cpu}): **${passed} of ${all.length}** within bounds.

${explanation}

| what | seen | at most | |
|---|---|---|---|
${table.join('\n')}
`;
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'verify-screens.md'), text);
    await writeFile(
      path.join(folder, 'verify-screens.json'),
      `${JSON.stringify({ date, ...machine, ...facts, lines: all }, null, 2)}\n`,
    );
  }
}

async function linesOfOthers(ran: readonly Part[]): Promise<Line[]> {
  const text = await readFile(path.join(folder, 'verify-screens.json'), 'utf8').catch(() => null);
  const earlier = text === null ? [] : earlierReport.parse(JSON.parse(text)).lines;
  return earlier.filter((line) => !ran.includes(line.part));
}
