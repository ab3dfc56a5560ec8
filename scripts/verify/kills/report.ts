import { stages } from '../../../apps/backend/realtime-service/src/failpoints.ts';
import { type KillResult, passed } from './round.ts';

export interface KillReport {
  seed: number;
  date: string;
  rounds: number;
  kills: number;
  passed: number;
  chunksLost: number;
  missing: number;
  doubled: number;
  seenTwice: number;
  stages: Array<{ stage: string; rounds: number; kills: number; passed: number; unseen: number }>;
  results: KillResult[];
}

export function summariseKills(seed: number, date: string, results: KillResult[]): KillReport {
  const total = (of: (result: KillResult) => number, among = results) =>
    among.reduce((sum, result) => sum + of(result), 0);
  return {
    seed,
    date,
    rounds: results.length,
    kills: total(({ kills }) => kills),
    passed: results.filter(passed).length,
    chunksLost: total(({ chunksLost }) => chunksLost),
    missing: total(({ missing }) => missing),
    doubled: total(({ doubled }) => doubled),
    seenTwice: total(({ seenTwice }) => seenTwice),
    stages: stages.map((stage) => {
      const here = results.filter((result) => result.stage === stage);
      return {
        stage,
        rounds: here.length,
        kills: total(({ kills }) => kills, here),
        passed: here.filter(passed).length,
        unseen: total(({ unseen }) => unseen, here),
      };
    }),
    results,
  };
}

const meaning: Record<(typeof stages)[number], string> = {
  'torn-write': 'part of a record is written',
  'written-before-ack': 'a chunk is in the file, its sender knows nothing of it',
  'acked-before-sync': 'chunks are acknowledged, no fdatasync yet',
  'utterance-open': 'somebody is in the middle of a sentence',
  'decode-queued': 'a sound waits for a decoder',
  decoding: 'a decoder is at work',
  'decoded-before-row': 'the text is there, the row is not',
  'row-before-event': 'the row is there, nobody was told',
  'event-before-checkpoint': 'people have seen the text, the position is not saved',
  ending: 'the consultation has ended and is being drained',
};

export function killsAsMarkdown(report: KillReport): string {
  const whisper = report.results.filter(({ engine }) => engine === 'whisper').length;
  const utterances = report.results.reduce((sum, { utterances }) => sum + utterances, 0);
  return `# kill -9 at ten stages of the pipeline

\`npm run verify:kills\` on ${report.date}, seed ${report.seed}: **${report.passed} of ${report.rounds} rounds passed**, ${report.kills} kills (every fourth round ends the recovery as well).

| | |
|---|---|
| acknowledged chunks lost | ${report.chunksLost} |
| utterances missing after recovery | ${report.missing} |
| utterances doubled or different | ${report.doubled} |
| finals that a person got twice | ${report.seenTwice} |
| rows compared | ${utterances} |
| rounds with the real Whisper | ${whisper} |

Each round is a whole consultation: the real service in a process of its own, real PostgreSQL, two people on real sockets with the reference client, real speech and the real voice activity detector. The process ends itself with SIGKILL at the n-th passing of the stage (n by the seed) and is started again on its data folder. Every row (speaker, place, revision, replaced or not, text) is compared with an undisturbed run of the same sound; the stub decoder's text is a checksum of the samples, so that one sample lost, doubled or moved shows. Every chunk is compared with the log byte by byte.

| stage | at this moment | rounds | kills | passed | rows shown only by the transcript |
|---|---|---|---|---|---|
${report.stages
  .map(
    ({ stage, rounds, kills, passed: good, unseen }) =>
      `| \`${stage}\` | ${meaning[stage as (typeof stages)[number]]} | ${rounds} | ${kills} | ${good} | ${unseen} |`,
  )
  .join('\n')}

The last column: an utterance whose row was written in the moment before the kill is not sent again; a client that comes back reads it with the transcript.
`;
}
