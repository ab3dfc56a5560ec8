import { createHash } from 'node:crypto';
import { asJson, audit, noteHash, type Trx } from '@medcall/service-kit';
import { consentTexts, type NoteSentence } from '@medcall/shared-types';
import { demoConsultations } from './agenda.ts';
import type { SourcedConsultation } from './all-finished.ts';
import { saoPaulo } from './demo-day.ts';
import { demoId } from './demo-id.ts';
import type { DemoSentence } from './finished-consultation.ts';
import { demoPatients } from './patients.ts';

const MINUTE_MS = 60_000;
const ENGINE = 'azure:whisper';
const MODEL = 'azure:gpt-4o';

/** What of the agenda entry the rows below need. */
interface Context {
  readonly finished: SourcedConsultation;
  readonly consultationId: string;
  readonly roomId: string;
  readonly clinicaId: string;
  readonly doctorId: string;
  readonly doctorUser: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly doctorName: string;
  readonly startedAt: Date;
  readonly id: (name: string) => string;
}

/** A finished consultation's record, written once: later runs find it and leave it alone. */
export async function seedFinished(
  trx: Trx,
  finished: SourcedConsultation,
  now: Date,
): Promise<void> {
  const context = await contextOf(trx, finished, now);
  const present = await trx
    .selectFrom('notes')
    .select('id')
    .where('consultation_id', '=', context.consultationId)
    .executeTakeFirst();
  if (present) return;
  await trx
    .updateTable('consultations')
    .set({ timeline_zero_at: context.startedAt })
    .where('id', '=', context.consultationId)
    .execute();
  await seedRoom(trx, context);
  await seedTranscript(trx, context);
  await seedSuggestions(trx, context);
  await seedNote(trx, context);
  await seedCosts(trx, context);
}

async function contextOf(trx: Trx, finished: SourcedConsultation, now: Date): Promise<Context> {
  const entry = demoConsultations.find(({ key }) => key === finished.key);
  const patient = demoPatients.find(({ key }) => key === entry?.patient);
  if (!entry || !patient) throw new Error(`the agenda has no consultation ${finished.key}`);
  const row = await trx
    .selectFrom('consultations as c')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .select(['c.id', 'c.room_id', 'c.clinica_id', 'c.doctor_id', 'c.started_at', 'd.nome'])
    .where('c.id', '=', demoId(`consultation:${entry.key}`))
    .executeTakeFirstOrThrow();
  return {
    finished,
    consultationId: row.id,
    roomId: row.room_id,
    clinicaId: row.clinica_id,
    doctorId: row.doctor_id,
    doctorUser: demoId(`user:${entry.doctor}`),
    doctorName: row.nome,
    patientId: demoId(`patient:${entry.patient}`),
    patientName: patient.name,
    startedAt: row.started_at ?? saoPaulo(now, entry.day, entry.time),
    id: (name) => demoId(`${entry.key}:${name}`),
  };
}

async function seedRoom(trx: Trx, context: Context): Promise<void> {
  const { id, consultationId, startedAt } = context;
  const endedAt = new Date(startedAt.getTime() + 22 * MINUTE_MS);
  await trx
    .insertInto('sessions')
    .values({
      id: id('session'),
      consultation_id: consultationId,
      room_id: context.roomId,
      kind: 'ONLINE',
      status: 'CLOSED',
      started_at: startedAt,
      ended_at: endedAt,
    })
    .execute();
  const seat = {
    consultation_id: consultationId,
    state: 'left',
    admitted_at: startedAt,
    joined_at: startedAt,
    left_at: endedAt,
  } as const;
  await trx
    .insertInto('participants')
    .values([
      {
        ...seat,
        id: id('doctor'),
        sub: context.doctorUser,
        role: 'doctor',
        name: context.doctorName,
      },
      {
        ...seat,
        id: id('patient'),
        sub: id('patient-sub'),
        role: 'patient',
        name: context.patientName,
      },
    ])
    .execute();
  for (const type of ['care', 'ai', 'recording'] as const) {
    await trx
      .insertInto('consents')
      .values({
        id: id(`consent:${type}`),
        consultation_id: consultationId,
        type,
        accepted: type !== 'recording',
        text_version: consentTexts[type].version,
        text_hash: createHash('sha256').update(consentTexts[type].text).digest('hex'),
        signer_name: context.patientName,
        signer_relation: 'paciente',
        signer_sub: id('patient-sub'),
        given_by: 'patient',
        created_at: new Date(startedAt.getTime() - MINUTE_MS),
      })
      .execute();
  }
}

async function seedTranscript(trx: Trx, context: Context): Promise<void> {
  const { id, startedAt } = context;
  await trx
    .insertInto('transcriptions')
    .values(
      context.finished.utterances.map(([who, start, end, text], index) => {
        const startMs = Math.round(start * 1000);
        return {
          id: id(`utterance:${index}`),
          room_id: context.roomId,
          participant_id: who === 'M' ? id('doctor') : id('patient'),
          speaker: who === 'M' ? ('MEDICO' as const) : ('PACIENTE' as const),
          text,
          raw_text: text,
          start_ms: startMs,
          end_ms: Math.round(end * 1000),
          timestamp: new Date(startedAt.getTime() + startMs),
          confidence: 0.9 + ((index * 7) % 10) / 100,
          engine: ENGINE,
        };
      }),
    )
    .execute();
}

async function seedSuggestions(trx: Trx, context: Context): Promise<void> {
  const { finished, id, startedAt } = context;
  for (const [index, suggestion] of finished.suggestions.entries()) {
    const end = finished.utterances[suggestion.trigger]?.[2] ?? 0;
    const shownAt = new Date(startedAt.getTime() + end * 1000 + 1_400);
    await trx
      .insertInto('suggestions')
      .values({
        id: id(`suggestion:${index}`),
        room_id: context.roomId,
        question: suggestion.question,
        context: 'anamnese',
        topic: suggestion.topic,
        rationale: suggestion.rationale,
        sources: asJson([finished.sources[index]]),
        transcription_id: id(`utterance:${suggestion.trigger}`),
        red_flag: suggestion.redFlag ?? false,
        engine: MODEL,
        status: suggestion.status,
        decided_by: suggestion.status === 'shown' ? null : context.doctorUser,
        decided_at: suggestion.status === 'shown' ? null : new Date(shownAt.getTime() + 9_000),
        created_at: shownAt,
      })
      .execute();
  }
  await trx
    .insertInto('suggestion_runs')
    .values(
      [...new Set(finished.suggestions.map(({ trigger }) => trigger))].map((trigger) => ({
        room_id: context.roomId,
        transcription_id: id(`utterance:${trigger}`),
        engine: MODEL,
      })),
    )
    .execute();
  await trx
    .insertInto('coverage_items')
    .values([
      ...Object.entries(finished.covered).map(([key, utterance]) => ({
        consultation_id: context.consultationId,
        key,
        status: 'covered' as const,
        transcription_id: id(`utterance:${utterance}`),
      })),
      ...finished.open.map((key) => ({
        consultation_id: context.consultationId,
        key,
        status: 'open' as const,
        transcription_id: null,
      })),
    ])
    .execute();
}

async function seedNote(trx: Trx, context: Context): Promise<void> {
  const { finished, id, consultationId, doctorId } = context;
  const { cid10, ciap2 } = finished.note;
  const sections = {
    subjetivo: sentences(context, 'subjetivo'),
    objetivo: sentences(context, 'objetivo'),
    avaliacao: sentences(context, 'avaliacao'),
    plano: sentences(context, 'plano'),
  };
  const signedAt = new Date(context.startedAt.getTime() + 31 * MINUTE_MS);
  const version = 2;
  const hash = noteHash({
    consultation_id: consultationId,
    version,
    sections,
    cid10,
    ciap2,
    signed_at: signedAt.toISOString(),
    signed_by: doctorId,
  });
  await trx
    .insertInto('notes')
    .values({
      id: id('note'),
      consultation_id: consultationId,
      status: 'assinada',
      version,
      sections: asJson(sections),
      cid10: asJson(cid10),
      ciap2: asJson(ciap2),
      engine: MODEL,
      signed_at: signedAt,
      signed_by: doctorId,
      hash,
      verification_code: hash.slice(0, 12).toUpperCase(),
    })
    .execute();
  const drafted = Object.fromEntries(
    Object.entries(sections).map(([name, list]) => [
      name,
      list.filter(({ origin }) => origin === 'ai'),
    ]),
  );
  await trx
    .insertInto('note_versions')
    .values([
      { note_id: id('note'), version: 1, sections: asJson(drafted), author: 'ai' },
      {
        note_id: id('note'),
        version,
        sections: asJson(sections),
        cid10: asJson(cid10),
        ciap2: asJson(ciap2),
        author: 'doctor',
        author_id: context.doctorUser,
      },
    ])
    .execute();
  await audit(trx, {
    action: 'note.sign',
    tableName: 'notes',
    recordId: id('note'),
    changes: { hash },
    patientId: context.patientId,
    userId: context.doctorUser,
    clinicaId: context.clinicaId,
    actorKind: 'medico',
  });
}

function sentences(
  { finished, id }: Context,
  section: keyof SourcedConsultation['note'] & ('subjetivo' | 'objetivo' | 'avaliacao' | 'plano'),
): NoteSentence[] {
  return finished.note[section].map(([text, ...utterances]: DemoSentence, index) => ({
    id: id(`${section}:${index}`),
    text,
    origin: utterances.length > 0 ? 'ai' : 'doctor',
    transcription_ids: utterances.map((utterance) => id(`utterance:${utterance}`)),
  }));
}

/** List prices of the time of writing in whole micro-reais: speech by the second, text by the token. */
async function seedCosts(trx: Trx, context: Context): Promise<void> {
  const { finished, id, consultationId, startedAt } = context;
  const seconds = finished.utterances.reduce((total, [, start, end]) => total + end - start, 0);
  const booked = {
    consultation_id: consultationId,
    price_version: 'demo-2026-11',
    state: 'settled',
    created_by: 'demo',
  } as const;
  const at = (minutes: number) => new Date(startedAt.getTime() + minutes * MINUTE_MS);
  await trx
    .insertInto('ai_pricing')
    .values([
      {
        ...booked,
        id: id('cost:speech'),
        service: 'whisper',
        model: 'whisper',
        seconds: seconds.toFixed(3),
        cost_brl_micros: Math.ceil(seconds * 550),
        created_at: at(20),
      },
      ...finished.suggestions.map((_, index) => ({
        ...booked,
        id: id(`cost:question:${index}`),
        service: 'gpt-4o' as const,
        model: 'gpt-4o',
        tokens: 1_180 + index * 240,
        cost_brl_micros: (1_180 + index * 240) * 19,
        created_at: at(2 + index),
      })),
      {
        ...booked,
        id: id('cost:embedding'),
        service: 'embedding',
        model: 'text-embedding-3-small',
        tokens: 2_460,
        cost_brl_micros: 271,
        created_at: at(20),
      },
      {
        ...booked,
        id: id('cost:note'),
        service: 'gpt-4o',
        model: 'gpt-4o',
        tokens: 3_940,
        cost_brl_micros: 3_940 * 24,
        created_at: at(23),
      },
    ])
    .execute();
}
