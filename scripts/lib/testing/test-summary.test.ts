import { describe, expect, it } from 'vitest';
import { findBrowser } from './find-browser.ts';
import {
  addSummaries,
  countsByFile,
  exitCodeOf,
  failedOutsideTests,
  secondTry,
  summarise,
  summaryText,
} from './test-summary.ts';

function aReport(
  files: { status: string; message?: string; tests: [string, string, string?][] }[],
): string {
  return JSON.stringify({
    success: true,
    testResults: files.map(({ status, message, tests }, k) => ({
      name: `/repo/file-${k}.test.ts`,
      status,
      message,
      assertionResults: tests.map(([fullName, state, said]) => ({
        fullName,
        status: state,
        failureMessages: said ? [said] : state === 'failed' ? ['expected 1 to be 2'] : [],
      })),
    })),
  });
}

const good = aReport([{ status: 'passed', tests: [['works', 'passed']] }]);

describe('the summary of a test run', () => {
  it('counts what passed, failed and was skipped', () => {
    const report = aReport([
      {
        status: 'failed',
        tests: [
          ['a', 'passed'],
          ['b', 'failed'],
          ['c', 'pending'],
          ['d', 'todo'],
        ],
      },
    ]);
    expect(summarise('unit', report, 1)).toMatchObject({ passed: 1, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded', () => {
    const report = aReport([{ status: 'failed', message: 'SyntaxError', tests: [] }]);
    const summary = summarise('unit', report, 1);
    expect(summary.failed).toBe(1);
    expect(summary.failures[0]?.message).toBe('SyntaxError');
  });

  it('counts file by file, in the order of their names', () => {
    const report = aReport([
      { status: 'failed', message: 'SyntaxError', tests: [] },
      {
        status: 'passed',
        tests: [
          ['a', 'passed'],
          ['b', 'skipped'],
        ],
      },
    ]);
    expect(countsByFile(report)).toEqual([
      { file: '/repo/file-0.test.ts', passed: 0, failed: 1, skipped: 0 },
      { file: '/repo/file-1.test.ts', passed: 1, failed: 0, skipped: 1 },
    ]);
  });

  it('counts a run that ended badly although no test failed', () => {
    expect(summarise('e2e', good, 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(summarise('e2e', null, 137).failed).toBe(1);
  });

  it('says what vitest said of a run that ended badly although no test failed', () => {
    const summary = summarise('unit', good, 1, 'Unhandled Rejection\n at pool.ts:3');
    expect(summaryText(summary, '/repo')).toMatch(/ended with 1\n +Unhandled Rejection\n +at pool/);
  });

  it('tells such a run from one in which a test failed, and names it when a second try passed', () => {
    const badly = summarise('unit', good, 1, 'Unhandled Rejection');
    expect(failedOutsideTests(badly)).toBe(true);
    const failing = aReport([{ status: 'failed', tests: [['a', 'failed']] }]);
    expect(failedOutsideTests(summarise('unit', failing, 1))).toBe(false);
    expect(failedOutsideTests(summarise('unit', good, 0))).toBe(false);

    const both = secondTry(badly, summarise('unit', good, 0));
    expect(exitCodeOf(both)).toBe(0);
    expect(summaryText(both, '/repo')).toMatch(
      /UNSTEADY.*Unhandled Rejection.*\n1 passed, 0 failed$/s,
    );
    expect(exitCodeOf(secondTry(badly, badly))).toBe(1);
  });

  it('names a test that passed only at a second try, and counts it as passed', () => {
    const report = aReport([{ status: 'passed', tests: [['waits badly', 'passed', 'too late']] }]);
    const summary = summarise('e2e', report, 0);
    expect(summary).toMatchObject({ passed: 1, failed: 0 });
    expect(exitCodeOf(summary)).toBe(0);
    const text = summaryText(summary, '/repo');
    expect(text).toMatch(/UNSTEADY.*file-0\.test\.ts\n +waits badly\n +too late/);
  });

  it('is bad when nothing was tested', () => {
    expect(exitCodeOf(summarise('unit', aReport([]), 0))).toBe(1);
    expect(exitCodeOf(summarise('unit', good, 0))).toBe(0);
  });

  it('ends with the plain counts', () => {
    const all = addSummaries([summarise('unit', good, 0), summarise('e2e', null, 1)]);
    const lines = summaryText(all, '/repo/').split('\n');
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
    expect(lines.join('\n')).toContain('FAILED  e2e');
  });
});

describe('looking for a browser', () => {
  it('takes CHROME_PATH first and complains when it is wrong', () => {
    expect(findBrowser({ CHROME_PATH: process.execPath, PATH: '' })).toBe(process.execPath);
    expect(() => findBrowser({ CHROME_PATH: '/does/not/exist' })).toThrow(/CHROME_PATH/);
  });
});
