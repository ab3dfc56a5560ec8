/**
 * From an utterance in the database to the questions it brings up, with the embedded engine:
 * `node bench/questions-latency.ts [--busy]`, on a quiet machine. Wall time includes PostgreSQL on the
 * same machine; CPU time is this process's alone. With `--busy` the same consultations are played a second
 * time while two people speak in a process beside it and are transcribed as they are live.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger, type Database } from '@medcall/service-kit';
import { z } from 'zod';
import { readCorpus } from '../apps/backend/ai-service/src/services/guidelines/corpus.ts';
import { GuidelineLibrary } from '../apps/backend/ai-service/src/services/guidelines/library.ts';
import {
  createEmbeddedQuestions,
  embeddedUse,
} from '../apps/backend/ai-service/src/services/questions/embedded-questions.ts';
import { SuggestionService } from '../apps/backend/ai-service/src/services/suggestions.ts';
import type { EvalConsultation } from '../tests/eval/eval-format.ts';
import { readConsultations } from './eval/consultations.ts';
import { openRetriever } from './eval/open-retriever.ts';
import { withScratchDatabase } from './eval/scratch-database.ts';

const root = join(import.meta.dirname, '..');
const version = 'bench';
/** The first ones load code and plans; they are played and not counted. */
const warmUp = 2;
/** With speech beside it a run must end in a few minutes. */
const counted = 14;
const { values: flags } = parseArgs({ options: { busy: { type: 'boolean', default: false } } });

interface Timing {
  wallMs: number;
  cpuMs: number;
}

const streamStats = z.object({
  spokenSeconds: z.number(),
  finals: z.number(),
  audioSeconds: z.number(),
  decodeSeconds: z.number(),
  decoders: z.object({ total: z.number() }),
});

await withScratchDatabase(async (database) => {
  const { retriever, close } = await openRetriever(database, root);
  const library = new GuidelineLibrary(await readCorpus(join(root, 'database/seeds/guidelines')));
  const suggestions = new SuggestionService({
    database,
    retriever,
    library,
    questions: createEmbeddedQuestions({ library, version }),
    nothingAsked: { ...embeddedUse(version), fallbackReason: null, dropped: {} },
    onSearch: () => undefined,
    logger: createLogger({ service: 'bench', level: 'error' }),
  });
  const consultations = await readConsultations(root);
  const measure = async (played: readonly EvalConsultation[]) => {
    const timings: Timing[] = [];
    for (const consultation of played) {
      timings.push(...(await play(database, suggestions, consultation)));
    }
    return timings;
  };
  await measure(consultations.slice(0, warmUp));
  const rest = consultations.slice(warmUp, flags.busy ? warmUp + counted : undefined);
  const idle = await measure(rest);
  print('idle', idle);
  if (flags.busy) {
    const streams = await speak();
    const busy = await measure(rest);
    const { decodeSeconds, spokenSeconds, ...heard } = streamStats.parse(await askStats(streams));
    await hangUp(streams);
    print('two streams transcribed', busy);
    process.stdout.write(
      `busy ÷ idle, p95: wall ${(at(busy, 0.95, 'wallMs') / at(idle, 0.95, 'wallMs')).toFixed(2)}, ` +
        `cpu ${(at(busy, 0.95, 'cpuMs') / at(idle, 0.95, 'cpuMs')).toFixed(2)}\n` +
        `speech meanwhile: ${spokenSeconds.toFixed(0)} s, ${heard.finals} finals, ` +
        `${heard.decoders.total} decoder(s) at work ${((100 * decodeSeconds) / spokenSeconds / heard.decoders.total).toFixed(0)} % of it\n`,
    );
  }
  await close();
});

function at(timings: readonly Timing[], share: number, of: keyof Timing): number {
  const sorted = timings.map((timing) => timing[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

function print(name: string, timings: readonly Timing[]): void {
  const line = (of: keyof Timing) =>
    [0.5, 0.95, 1].map((share) =>
      share === 1
        ? Math.max(...timings.map((timing) => timing[of])).toFixed(0)
        : at(timings, share, of).toFixed(0),
    );
  const [wall50, wall95, wallMax] = line('wallMs');
  const [cpu50, cpu95, cpuMax] = line('cpuMs');
  process.stdout.write(
    `${name}: ${timings.length} utterances, one after the other\n` +
      `  wall ms: p50 ${wall50}, p95 ${wall95}, max ${wallMax}\n` +
      `  cpu ms:  p50 ${cpu50}, p95 ${cpu95}, max ${cpuMax}\n`,
  );
}

/** Speech flows and its decoders are loaded when this resolves. */
async function speak(): Promise<ChildProcess> {
  const streams = fork(join(import.meta.dirname, 'speech/live-streams.ts'));
  await once(streams, 'message');
  return streams;
}

async function askStats(streams: ChildProcess): Promise<unknown> {
  const answer = once(streams, 'message');
  streams.send('stats');
  return (await answer)[0];
}

async function hangUp(streams: ChildProcess): Promise<void> {
  const gone = once(streams, 'exit');
  streams.disconnect();
  await gone;
}

/** Writes a consultation utterance by utterance and asks after each, as the realtime service does. */
async function play(
  database: Database,
  suggestions: SuggestionService,
  consultation: EvalConsultation,
): Promise<Timing[]> {
  const room = await aRoom(database);
  const caller = {
    kind: 'service',
    name: 'realtime-service',
    consultationId: room.id,
    clinicaId: room.clinicaId,
  } as const;
  const timings: Timing[] = [];
  for (const { speaker, text, startMs, endMs } of consultation.utterances) {
    const transcriptionId = randomUUID();
    await database.asSystem('bench', (trx) =>
      trx
        .insertInto('transcriptions')
        .values({
          id: transcriptionId,
          room_id: room.roomId,
          speaker,
          text,
          timestamp: new Date(startMs),
          start_ms: startMs,
          end_ms: endMs,
        })
        .execute(),
    );
    const cpu = process.cpuUsage();
    const began = performance.now();
    await suggestions.suggest(caller, {
      roomId: room.roomId,
      transcription: text,
      context: 'anamnese',
      transcriptionId,
    });
    const used = process.cpuUsage(cpu);
    timings.push({
      wallMs: performance.now() - began,
      cpuMs: (used.user + used.system) / 1000,
    });
  }
  return timings;
}

async function aRoom(
  database: Database,
): Promise<{ id: string; roomId: string; clinicaId: string }> {
  return database.asSystem('bench', async (trx) => {
    const clinic = await trx
      .insertInto('clinicas')
      .values({ nome: 'Bancada' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const doctor = await trx
      .insertInto('medicos')
      .values({
        nome: 'Dra. Bancada',
        crm: `${100_000 + Math.floor(Math.random() * 899_999)}/SP`,
        clinica_id: clinic.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const patient = await trx
      .insertInto('patients')
      .values({ clinica_id: clinic.id, doctor_id: doctor.id, name: 'Paciente' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const made = await trx
      .insertInto('consultations')
      .values({
        clinica_id: clinic.id,
        patient_id: patient.id,
        doctor_id: doctor.id,
        type: 'ONLINE',
        status: 'IN_PROGRESS',
      })
      .returning(['id', 'room_id'])
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('consents')
      .values({
        consultation_id: made.id,
        type: 'ai',
        accepted: true,
        text_version: 'bench',
        text_hash: 'bench',
        given_by: 'patient',
      })
      .execute();
    return { id: made.id, roomId: made.room_id, clinicaId: clinic.id };
  });
}
