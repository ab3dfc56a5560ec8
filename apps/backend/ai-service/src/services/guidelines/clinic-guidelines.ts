import { createHash } from 'node:crypto';
import {
  AppError,
  audit,
  type Caller,
  type Database,
  type Logger,
  type MemberCaller,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import type { ClinicGuideline, GuidelineFacts } from '@medcall/shared-types/guideline';
import { sql } from 'kysely';
import type { Embedder } from '../embeddings.ts';
import { ModelFailure } from '../llm/model-failure.ts';
import { fold } from '../text/fold.ts';
import { passageText } from './corpus.ts';
import { type Section, splitPassages } from './split-passages.ts';

const mostPassages = 600;
const batchSize = 8;

/** A clinic's own guidelines: brought in by its administrators, read by its doctors only. */
export class ClinicGuidelines {
  private readonly options: { database: Database; embedder: Embedder; logger: Logger };

  constructor(options: { database: Database; embedder: Embedder; logger: Logger }) {
    this.options = options;
  }

  /**
   * Brings a document in. The same title again is its next version: the one before stays, inactive,
   * because questions may have cited it.
   * @throws AppError validation_failed for a document without text or with too much of it, conflict
   *   when nothing in it changed, forbidden unless the caller administers a clinic
   */
  async ingest(
    caller: Caller,
    facts: GuidelineFacts,
    sections: readonly Section[],
  ): Promise<ClinicGuideline> {
    const member = administrator(caller);
    const passages = splitPassages(sections);
    if (passages.length === 0) {
      throw new AppError('validation_failed', { message: 'O documento não tem texto.' });
    }
    if (passages.length > mostPassages) {
      throw new AppError('validation_failed', { message: 'O documento é longo demais: divida-o.' });
    }
    const { database, embedder } = this.options;
    const slug = slugOf(facts.title);
    const hash = hashOf(facts, passages);
    // Who may not, or brings nothing new, costs nothing.
    const clinicaId = await database.asUser(member, async (trx) => {
      const clinic = await administeredClinic(trx);
      refuseUnchanged(await current(trx, clinic, slug), hash);
      return clinic;
    });
    const vectors = await this.embed(clinicaId, facts.title, passages);
    return database.asUser(member, async (trx) => {
      const clinic = await administeredClinic(trx);
      const version = await archive(trx, clinic, slug, hash);
      const { id } = await trx
        .insertInto('guideline_documents')
        .values({
          ...facts,
          clinica_id: clinic,
          slug,
          version,
          content_hash: hash,
          created_by: member.sub,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('guideline_chunks')
        .values(
          passages.map(({ heading, text }, position) => {
            const vector = vectors[position];
            return {
              document_id: id,
              position,
              section: heading,
              text,
              embedding: vector ? [...vector] : null,
              embedding_model: vector ? embedder.model : null,
              embedding_dimension: vector?.length ?? null,
            };
          }),
        )
        .execute();
      await audit(trx, {
        action: 'guideline.ingest',
        tableName: 'guideline_documents',
        recordId: id,
        changes: { version, passages: passages.length },
      });
      await publish(trx, { type: 'guidelines_changed' });
      return find(trx, id);
    });
  }

  /** Takes a document out of the search, or puts it back. @throws AppError not_found, forbidden */
  async setActive(caller: Caller, id: string, active: boolean): Promise<ClinicGuideline> {
    const member = administrator(caller);
    return this.options.database.asUser(member, async (trx) => {
      const clinic = await administeredClinic(trx);
      const changed = await trx
        .updateTable('guideline_documents')
        .set({ active })
        .where('id', '=', id)
        .where('clinica_id', '=', clinic)
        // An archived version does not come back beside its successor.
        .where('slug', 'not like', '%@v%')
        .returning('id')
        .executeTakeFirst();
      if (!changed) throw notFound();
      await audit(trx, {
        action: active ? 'guideline.activate' : 'guideline.deactivate',
        tableName: 'guideline_documents',
        recordId: id,
      });
      await publish(trx, { type: 'guidelines_changed' });
      return find(trx, id);
    });
  }

  /** The clinic's own documents, earlier versions too, newest first; whoever may see them. */
  async list(caller: Caller): Promise<ClinicGuideline[]> {
    if (caller.kind !== 'member') return [];
    return this.options.database.asUser(caller, (trx) => select(trx).execute(), { readOnly: true });
  }

  /**
   * @returns a vector for each of the first passages: all of them, unless the clinic's cap or the vendor
   *   ended it; the document is found by full text until the others follow (`renewVectors`)
   */
  private async embed(
    clinicaId: string,
    title: string,
    passages: readonly Section[],
  ): Promise<Float32Array[]> {
    const { embedder, logger } = this.options;
    const texts = passages.map((passage) => passageText(title, passage));
    const vectors: Float32Array[] = [];
    try {
      for (let from = 0; from < texts.length; from += batchSize) {
        const batch = texts.slice(from, from + batchSize);
        const embedded = await embedder.embed('passage', batch, { clinicaId });
        if (embedded.length !== batch.length) break;
        vectors.push(...embedded);
      }
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      logger.warn({ err: error, clinicaId }, 'a guideline was stored without all of its vectors');
    }
    return vectors;
  }
}

function administrator(caller: Caller): MemberCaller {
  if (caller.kind !== 'member') throw new AppError('forbidden');
  return caller;
}

async function administeredClinic(trx: Trx): Promise<string> {
  const { rows } = await sql<{ clinic: string | null }>`
    select app.administered_clinic() as clinic`.execute(trx);
  const clinic = rows[0]?.clinic;
  if (!clinic) throw new AppError('forbidden');
  return clinic;
}

/** Puts the current version aside. @returns the number of the version to come */
async function archive(trx: Trx, clinic: string, slug: string, hash: string): Promise<number> {
  const before = await current(trx, clinic, slug);
  if (!before) return 1;
  refuseUnchanged(before, hash);
  await trx
    .updateTable('guideline_documents')
    .set({ active: false, slug: `${slug}@v${before.version}` })
    .where('id', '=', before.id)
    .execute();
  return before.version + 1;
}

/** The version that is searched, locked. */
function current(trx: Trx, clinic: string, slug: string) {
  return trx
    .selectFrom('guideline_documents')
    .select(['id', 'version', 'content_hash'])
    .where('clinica_id', '=', clinic)
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirst();
}

function refuseUnchanged(before: { content_hash: string | null } | undefined, hash: string): void {
  if (before?.content_hash === hash) {
    throw new AppError('conflict', { message: 'Este documento já está cadastrado, sem mudança.' });
  }
}

/** `clinica-` in front: a clinic's document is never taken for one of the common corpus. */
function slugOf(title: string): string {
  return `clinica-${fold(title).replaceAll(' ', '-')}`;
}

function hashOf(facts: GuidelineFacts, passages: readonly Section[]): string {
  return createHash('sha256')
    .update(JSON.stringify([facts, passages]))
    .digest('hex');
}

function select(trx: Trx) {
  return trx
    .selectFrom('guideline_documents as d')
    .where('d.clinica_id', 'is not', null)
    .select((eb) => [
      'd.id',
      'd.title',
      'd.source',
      'd.year',
      'd.url',
      'd.version',
      'd.active',
      eb
        .selectFrom('guideline_chunks as c')
        .whereRef('c.document_id', '=', 'd.id')
        .select((count) => count.fn.countAll<number>().as('passages'))
        .$asScalar()
        .$notNull()
        .as('passages'),
    ])
    .orderBy('d.created_at', 'desc')
    .orderBy('d.id');
}

async function find(trx: Trx, id: string): Promise<ClinicGuideline> {
  return select(trx).where('d.id', '=', id).executeTakeFirstOrThrow();
}
