import { z } from 'zod';

const vitestResult = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** How many tests of one file passed, failed and were left out. */
export interface FileCount {
  /** Absolute. */
  file: string;
  passed: number;
  failed: number;
  skipped: number;
}

/** The same run file by file, by their names; a file that could not be loaded has one failure. */
export function countsByFile(report: string): FileCount[] {
  return vitestResult
    .parse(JSON.parse(report))
    .testResults.map(({ assertionResults, name, status }) => {
      const count = (wanted: string) =>
        assertionResults.filter((test) => test.status === wanted).length;
      const passed = count('passed');
      const failed = count('failed');
      return {
        file: name,
        passed,
        failed: failed === 0 && status === 'failed' ? 1 : failed,
        skipped: assertionResults.length - passed - failed,
      };
    })
    .sort((one, other) => one.file.localeCompare(other.file));
}

export interface Failure {
  file: string;
  test: string;
  message: string;
}

export interface TestSummary {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  /** Passed, but only at a second try: counted as passed and named, since such a test lies or waits badly. */
  unsteady: Failure[];
}

const THE_RUN = '(the run itself)';

/**
 * Counts a run from vitest's JSON report. A file that could not even be loaded is one failure, and so
 * is a run that ended badly without a failed test (an error outside any test, no report at all).
 *
 * @param report content of the JSON report, or null when vitest wrote none
 * @param trouble the end of what vitest wrote to stderr: the only place that names an error outside any test
 */
export function summarise(
  run: string,
  report: string | null,
  exitCode: number,
  trouble = '',
): TestSummary {
  const summary: TestSummary = { passed: 0, failed: 0, skipped: 0, failures: [], unsteady: [] };
  if (report !== null) countFiles(summary, vitestResult.parse(JSON.parse(report)));
  if (exitCode !== 0 && summary.failed === 0) {
    fail(summary, {
      file: run,
      test: THE_RUN,
      message: `vitest ended with ${exitCode}\n${trouble}`.trim(),
    });
  }
  return summary;
}

/** A run in which every test passed and something else failed: an error that nobody handled, a set-up not undone. */
export function failedOutsideTests({ failed, failures }: TestSummary): boolean {
  return failed === 1 && failures[0]?.test === THE_RUN;
}

/** The second try of a run, with what the first one failed of: named, as a test's second try is. */
export function secondTry(first: TestSummary, second: TestSummary): TestSummary {
  return { ...second, unsteady: [...first.failures, ...second.unsteady] };
}

function countFiles(summary: TestSummary, result: z.infer<typeof vitestResult>): void {
  for (const file of result.testResults) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      const message = (test.failureMessages ?? []).join('\n');
      const seen = { file: file.name, test: test.fullName, message };
      if (test.status === 'passed') {
        summary.passed += 1;
        // Vitest keeps what the first try said.
        if (message !== '') summary.unsteady.push(seen);
      } else if (test.status === 'failed') {
        failedHere += 1;
        fail(summary, seen);
      } else summary.skipped += 1;
    }
    if (file.status === 'failed' && failedHere === 0) {
      fail(summary, { file: file.name, test: '(the file)', message: file.message ?? '' });
    }
  }
}

function fail(summary: TestSummary, failure: Failure): void {
  summary.failed += 1;
  summary.failures.push(failure);
}

export function addSummaries(all: readonly TestSummary[]): TestSummary {
  return {
    passed: all.reduce((sum, one) => sum + one.passed, 0),
    failed: all.reduce((sum, one) => sum + one.failed, 0),
    skipped: all.reduce((sum, one) => sum + one.skipped, 0),
    failures: all.flatMap((one) => one.failures),
    unsteady: all.flatMap((one) => one.unsteady),
  };
}

/** Ends well only when something was tested and nothing failed. */
export function exitCodeOf(summary: TestSummary): 0 | 1 {
  return summary.failed === 0 && summary.passed > 0 ? 0 : 1;
}

/** The report of the failures; the plain counts stand on its last line, where a CI looks for them. */
export function summaryText(summary: TestSummary, rootDir: string): string {
  const lines = [
    ...summary.unsteady.flatMap((seen) =>
      linesOf('UNSTEADY (passed at a second try)', seen, rootDir),
    ),
    ...summary.failures.flatMap((seen) => linesOf('FAILED', seen, rootDir)),
  ];
  if (summary.skipped > 0) lines.push('', `${summary.skipped} skipped`);
  lines.push('', `${summary.passed} passed, ${summary.failed} failed`);
  return lines.join('\n');
}

function linesOf(word: string, { file, test, message }: Failure, rootDir: string): string[] {
  const why = message.split('\n').slice(0, 40);
  return [
    '',
    `${word}  ${file.replace(rootDir, '')}`,
    `        ${test}`,
    ...why.map((line) => `        ${line}`),
  ];
}
