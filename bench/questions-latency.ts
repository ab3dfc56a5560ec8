/**
 * From an utterance in the database to the questions it brings up, with the embedded engine:
 * `node bench/questions-latency.ts`, on a quiet machine. Wall time includes PostgreSQL on the same
 * machine; CPU time is this process's alone and does not depend on the load.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLogger, type Database } from '@medcall/service-kit';
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

interface Timing {
  wallMs: number;
  cpuMs: number;
}

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
  const timings: Timing[] = [];
  for (const [at, consultation] of (await readConsultations(root)).entries()) {
    const played = await play(database, suggestions, consultation);
    if (at >= warmUp) timings.push(...played);
  }
  await close();
  const part = (of: (timing: Timing) => number, share: number) => {
    const sorted = timings.map(of).sort((a, b) => a - b);
    return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  };
  process.stdout.write(
    `${timings.length} utterances\n` +
      `wall ms: p50 ${part((one) => one.wallMs, 0.5)}, p95 ${part((one) => one.wallMs, 0.95)}\n` +
      `cpu ms:  p50 ${part((one) => one.cpuMs, 0.5)}, p95 ${part((one) => one.cpuMs, 0.95)}\n`,
  );
});

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
