/**
 * `npm run verify:rolling`: two nodes of the realtime service, a real Redis, a folder that both mount, ten
 * consultations at once; in the middle of them each node is stopped as an orchestrator stops it (SIGTERM)
 * and started again, one after the other. Nothing that was acknowledged may be lost, no room may end, and
 * the texts are those of an undisturbed run. Minutes, by hand.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createFolderStore } from '@medcall/service-kit';
import { z } from 'zod';
import { KeptAudio } from '../../apps/backend/realtime-service/src/recordings/kept-audio.ts';
import { startFront } from '../../tests/cluster/front.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { startTestRedis } from '../../tests/support/redis.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { waitUntil } from '../lib/system/wait-until.ts';
import { stubEngine } from './faults/fault.ts';
import { type Bench, startBench } from './lib/bench.ts';
import {
  endConsultation,
  type LiveConsultation,
  openConsultation,
  play,
  voicesOf,
} from './lib/consultation.ts';
import { chunksLost, differences, seenTwice, transcriptLines } from './lib/judge.ts';
import type { ServiceProcess } from './lib/service-process.ts';
import { type DialogueSound, stretches } from './lib/sound.ts';
import type { Voice } from './lib/voice.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** One consultation as it ended. */
interface Outcome {
  sound: string;
  lines: string[];
  lost: number;
  brokenPromises: number;
  twice: number;
  drops: number;
  refused: string;
  /** Of the consultation, before it was ended. */
  status: string;
}

interface Restart {
  node: string;
  exit: string;
  stopSeconds: number;
  streams: number;
  readySeconds: number;
}

interface Cluster {
  bench: Bench;
  nodes: { name: string; process: ServiceProcess }[];
  doors: { url: string }[];
  objects: KeptAudio;
}

runScript(async () => {
  const { values } = parseArgs({
    options: {
      rooms: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const rooms = Number(values.rooms);
  const sounds = await stretches(rooms, Number(values.seconds));
  const bench = await startBench();
  const redis = await startTestRedis();
  try {
    const cluster = await startCluster(bench, redis.url);
    say('undisturbed');
    const calm = await consultAll(cluster, sounds);
    const shed = { calm: await leftOut(cluster), rolling: 0 };
    say('rolling restart');
    const restarts: Restart[] = [];
    const disturbed = await consultAll(cluster, sounds, async () => {
      for (const node of cluster.nodes) {
        // With its process the count goes too.
        shed.rolling += await leftOut({ ...cluster, nodes: [node] });
        restarts.push(await restart(bench, node));
      }
    });
    shed.rolling += (await leftOut(cluster)) - shed.calm;
    const text = asMarkdown(calm, disturbed, restarts, shed);
    say(text);
    await mkdir(path.join(rootDir, 'docs/reports'), { recursive: true });
    if (rooms >= 10) await writeFile(path.join(rootDir, 'docs/reports/verify-rolling.md'), text);
    if (!passed(calm, disturbed, restarts)) process.exitCode = 1;
  } finally {
    await bench.stop();
    await redis.stop();
  }
});

async function startCluster(bench: Bench, redisUrl: string): Promise<Cluster> {
  const objectsDir = path.join(bench.folder, 'objects');
  const nodes: Cluster['nodes'] = [];
  const ports: number[] = [];
  for (const name of ['a', 'b']) {
    const port = await freePort();
    ports.push(port);
    const service = await bench.aService({
      name,
      port,
      env: { ...stubEngine, REDIS_URL: redisUrl, OBJECT_STORE_DIR: objectsDir },
    });
    await service.start();
    nodes.push({ name, process: service });
  }
  const [a = 0, b = 0] = ports;
  const doors = [await startFront([a, b]), await startFront([b, a])];
  return {
    bench,
    nodes,
    doors,
    objects: new KeptAudio({ root: '', store: createFolderStore(objectsDir) }),
  };
}

/** All consultations at once, half of the people through each door. */
async function consultAll(
  { bench, doors, objects }: Cluster,
  sounds: DialogueSound[],
  during: () => Promise<void> = async () => undefined,
): Promise<Outcome[]> {
  const [first, second] = doors;
  if (!first || !second) throw new Error('there are two doors');
  const lives: Array<{ live: LiveConsultation; sound: DialogueSound; voices: Voice[] }> = [];
  for (const [index, sound] of sounds.entries()) {
    const [near, far] = index % 2 === 0 ? [first, second] : [second, first];
    const live = await openConsultation(bench, { doctor: near.url, patient: far.url });
    lives.push({ live, sound, voices: voicesOf(live, sound, { speed: 1, promise: 'durable' }) });
  }
  const playing = Promise.all(lives.map(({ voices }) => play(voices, 120_000)));
  const told = () => lives.every(({ live }) => live.seen.doctor.length > 0);
  await waitUntil('text has come in every room', told, { timeoutMs: 120_000, everyMs: 100 });
  await Promise.all([playing, during()]);
  return Promise.all(
    lives.map(async ({ live, sound, voices }): Promise<Outcome> => {
      const { id } = live.consultation;
      const [row] = await bench.world.query<{ status: string }>(
        'select status from consultations where id = $1',
        [id],
      );
      await endConsultation(bench, live);
      live.close();
      const refused = new Set(voices.flatMap((voice) => [...voice.refused.keys()]));
      return {
        sound: sound.name,
        lines: await transcriptLines(bench.world, id),
        lost: await chunksLost(objects, id, voices),
        brokenPromises: voices.reduce((sum, one) => sum + one.brokenPromises, 0),
        twice: seenTwice(live),
        drops: voices.reduce((sum, one) => sum + one.drops, 0),
        refused: [...refused].join(' '),
        status: row?.status ?? '?',
      };
    }),
  );
}

async function restart(
  bench: Bench,
  { name, process: node }: Cluster['nodes'][number],
): Promise<Restart> {
  const streams = await streamsOpen(bench);
  const startedAt = Date.now();
  const exit = await node.stop();
  const stopSeconds = (Date.now() - startedAt) / 1000;
  await node.start();
  const readySeconds = (Date.now() - startedAt) / 1000 - stopSeconds;
  // The next node goes only when everybody has found a place, as an orchestrator's readiness gives.
  await delay(2000);
  return { node: name, exit, stopSeconds, streams, readySeconds };
}

const engineStats = z.object({ stats: z.object({ shed: z.object({ revision: z.number() }) }) });

/**
 * Better texts of whole turns that the nodes' processes have left out because they had too much to do
 * (decision 54): each leaves rows that the other run may not have, and nothing was lost.
 */
async function leftOut({ bench, nodes }: Cluster): Promise<number> {
  const { doctor } = await bench.world.aConsultation();
  const authorization = `Bearer ${await bench.tokens.forDoctor(doctor)}`;
  let sum = 0;
  for (const { process: node } of nodes) {
    const answer = await fetch(`${node.url}/api/openai/connections`, {
      headers: { authorization },
    });
    sum += engineStats.parse(await answer.json()).stats.shed.revision;
  }
  return sum;
}

/** Streams that a node has to give away or take over. */
async function streamsOpen(bench: Bench): Promise<number> {
  const rows = await bench.world.query<{ open: string }>(
    'select count(*)::text as open from audio_streams where drained_at is null',
  );
  return Number(rows[0]?.open ?? 0);
}

function passed(calm: Outcome[], disturbed: Outcome[], restarts: Restart[]): boolean {
  return (
    restarts.every(({ exit }) => exit === 'code 0') &&
    disturbed.every((one, index) => {
      const { doubled, missing } = differences(calm[index]?.lines ?? [], one.lines);
      return (
        one.lines.length > 0 &&
        missing.length + doubled.length + one.lost + one.brokenPromises + one.twice === 0 &&
        one.status === 'IN_PROGRESS'
      );
    })
  );
}

function asMarkdown(
  calm: Outcome[],
  disturbed: Outcome[],
  restarts: Restart[],
  shed: { calm: number; rolling: number },
): string {
  const rows = disturbed.map((one, index) => {
    const { doubled, missing } = differences(calm[index]?.lines ?? [], one.lines);
    return `| ${one.sound} | ${one.lines.length} | ${missing.length}, ${doubled.length} | ${one.lost} | ${one.brokenPromises} | ${one.twice} | ${one.drops} | ${one.refused || '–'} | ${one.status} |`;
  });
  const stops = restarts.map(
    ({ exit, node, readySeconds, stopSeconds, streams }) =>
      `| ${node} | ${streams} | ${exit} | ${stopSeconds.toFixed(1)} s | ${readySeconds.toFixed(1)} s |`,
  );
  return `# A rolling restart during ${disturbed.length} consultations

\`npm run verify:rolling\` on ${new Date().toISOString().slice(0, 10)}: **${passed(calm, disturbed, restarts) ? 'passed' : 'NOT passed'}**. ${cpus()[0]?.model ?? '?'}, ${cpus().length} cores for nodes, database, Redis, decoders and clients. Two nodes, real Redis, PostgreSQL and sockets, one folder as the object store, stub engine whose text names every sample.

| node | streams of both nodes then | ended with | stopping | ready again |
|---|---|---|---|---|
${stops.join('\n')}

Better texts of whole turns that were left out because the machine had too much to do: ${shed.calm} undisturbed, ${shed.rolling} in the rolling restart. Each may be a row that differs, and is none that was lost ([decision 54](../decisions/0054-a-better-text-has-a-deadline.md)).

| sound | rows | missing, too many against the undisturbed run | chunks not in the log | durable and asked for again | finals seen twice | lines dropped | refused meanwhile | state at the end |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
${differing(calm, disturbed)}`;
}

/** The rows themselves where they differ: speaker, start, end, revision, superseded, texts of the stub. */
function differing(calm: Outcome[], disturbed: Outcome[]): string {
  const lines = disturbed.flatMap(({ lines: seen, sound }, index) => {
    const { doubled, missing } = differences(calm[index]?.lines ?? [], seen);
    return [...missing.map((line) => `- ${line}`), ...doubled.map((line) => `+ ${line}`)].map(
      (line) => `${sound} ${line}`,
    );
  });
  return lines.length === 0 ? '' : `\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;
}
