import type { Measured } from '../../scripts/verify/load/plan.ts';
import type { PagesMeasured } from './pages.ts';

export interface Outcome {
  shape: string;
  seconds: number;
  sockets: Measured;
  pages: PagesMeasured;
  /** Chunks sent and not known as written. */
  lost: number;
  parts: Array<{ part: string; cores: number; residentMb: number }>;
  soundBytes: number;
  rows: number;
}

export interface ClinicsReport {
  date: string;
  cpu: string;
  cores: number;
  clinics: number;
  rooms: number;
  seconds: number;
  pageEverySeconds: number;
  outcomes: Outcome[];
}

/** A usual consultation, in seconds: what the cost model counts with. */
const consultationSeconds = 15 * 60;
const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, times]) => `${times} × ${name}`)
    .join(', ') || '0';

/** What is committed as docs/reports/verify-clinics.md. */
export function asMarkdown(report: ClinicsReport): string {
  const { clinics, outcomes, pageEverySeconds, rooms, seconds } = report;
  return `# ${clinics} signed-in clinics, ${rooms} consultations at once

\`npm run verify:clinics\` on ${report.date}: ${report.cpu}, ${report.cores} cores for gateway, nodes, database, Redis and all clients. ${seconds} s of two microphones a room (${rooms * 20} chunks a second), and a request every ${pageEverySeconds} s from each clinic. Signed in with passwords, patients by invitation; with two nodes doctor and patient of each room are at different ones. Stub engine: what recognising costs is not in it.

| | ${outcomes.map(({ shape }) => shape).join(' | ')} |
|---|${outcomes.map(() => '---|').join('')}
${rowsOf(report)
  .map(([what, of]) => `| ${what} | ${outcomes.map(of).join(' | ')} |`)
  .join('\n')}

For 1,000 consultations of 15 minutes, from the same run:

| | ${outcomes.map(({ shape }) => shape).join(' | ')} |
|---|${outcomes.map(() => '---|').join('')}
${modelOf(report)
  .map(([what, of]) => `| ${what} | ${outcomes.map(of).join(' | ')} |`)
  .join('\n')}
`;
}

type Row = [what: string, of: (outcome: Outcome) => string];

function rowsOf({ outcomes }: ClinicsReport): Row[] {
  const three = ({ p50Ms, p90Ms, p99Ms }: { p50Ms: number; p90Ms: number; p99Ms: number }) =>
    `${ms(p50Ms)} / ${ms(p90Ms)} / ${ms(p99Ms)} ms`;
  return [
    ['chunks sent', ({ sockets }) => String(sockets.sent)],
    ['acknowledgement p50 / p90 / p99', ({ sockets }) => three(sockets)],
    ['not answered; refused', ({ sockets }) => `${sockets.unanswered}; ${list(sockets.refused)}`],
    ['chunks sent and not written', ({ lost }) => String(lost)],
    ['utterances stored', ({ rows }) => String(rows)],
    ['requests of pages', ({ pages }) => String(pages.requests)],
    ['their answers p50 / p90 / p99', ({ pages }) => three(pages)],
    ['failed', ({ pages }) => list(pages.failed)],
    ...partsOf(outcomes).map(
      (part): Row => [
        `${part}: cores, memory`,
        ({ parts }) => {
          const found = parts.find((one) => one.part === part);
          return found ? `${found.cores.toFixed(2)}, ${found.residentMb.toFixed(0)} MB` : '–';
        },
      ],
    ),
  ];
}

function modelOf({ outcomes, rooms }: ClinicsReport): Row[] {
  const thousand = (perSecondOfAll: number) =>
    (perSecondOfAll / rooms) * consultationSeconds * 1_000;
  return [
    ...partsOf(outcomes).map(
      (part): Row => [
        `CPU of ${part}`,
        ({ parts }) => {
          const found = parts.find((one) => one.part === part);
          return found ? `${(thousand(found.cores) / 3600).toFixed(1)} core-hours` : '–';
        },
      ],
    ),
    [
      'sound in the log and the object store',
      ({ seconds, soundBytes }) => `${(thousand(soundBytes / seconds) / 1e9).toFixed(0)} GB`,
    ],
    [
      'egress: events of sockets',
      ({ seconds, sockets }) =>
        `${(thousand(sockets.receivedBytes / seconds) / 1e9).toFixed(2)} GB`,
    ],
    [
      'egress: answers to pages of the clinics that were signed in',
      ({ pages, seconds }) => `${(thousand(pages.bytes / seconds) / 1e9).toFixed(2)} GB`,
    ],
  ];
}

function partsOf(outcomes: readonly Outcome[]): string[] {
  return [...new Set(outcomes.flatMap(({ parts }) => parts.map(({ part }) => part)))];
}
