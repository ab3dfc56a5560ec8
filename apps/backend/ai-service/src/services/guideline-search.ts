import { AppError, type Caller, type Database } from '@medcall/service-kit';
import type { GuidelineSource } from '@medcall/shared-types/suggestion';
import { sql } from 'kysely';
import type { Guideline } from './guidelines/corpus.ts';
import { excerpt, type GuidelineLibrary } from './guidelines/library.ts';
import { concerns, type PatientContext } from './questions/patient-context.ts';
import type { RetrievalMode, Retriever } from './rag.ts';

export interface GuidelineQuery {
  text: string;
  limit: number;
  mode: RetrievalMode;
  patient: PatientContext;
  specialty?: string;
}

/** A passage that was found, with its whole text. */
export interface GuidelineHit extends GuidelineSource {
  text: string;
}

/** Search in the guidelines that the caller's clinic may read. */
export class GuidelineSearch {
  private readonly options: { database: Database; retriever: Retriever; library: GuidelineLibrary };

  constructor(options: { database: Database; retriever: Retriever; library: GuidelineLibrary }) {
    this.options = options;
  }

  async search(caller: Caller, query: GuidelineQuery): Promise<GuidelineHit[]> {
    const { library, retriever } = this.options;
    const clinicaId = await this.clinicOf(caller);
    const found = await retriever.search({
      text: query.text,
      clinicaId,
      // Enough that something is left of it.
      limit: query.limit * (query.specialty === undefined ? 3 : 12),
      mode: query.mode,
    });
    return found
      .filter((chunk) => isFor(library.document(chunk.documentId), query))
      .slice(0, query.limit)
      .map(({ documentId, section, source, text, title, url, year }) => ({
        documentId,
        title,
        source,
        year,
        section,
        url,
        excerpt: excerpt(text, query.text),
        text,
      }));
  }

  /** The common corpus, without its text. */
  async documents(caller: Caller): Promise<Guideline['head'][]> {
    await this.clinicOf(caller);
    return this.options.library.documents.map((guideline) => guideline.head);
  }

  private async clinicOf(caller: Caller): Promise<string | null> {
    if (caller.kind === 'service') return caller.clinicaId;
    if (caller.kind === 'patient') throw new AppError('forbidden');
    const clinic = await this.options.database.asUser(caller, async (trx) => {
      const { rows } = await sql<{ clinic: string | null }>`
        select app.current_clinic() as clinic`.execute(trx);
      return rows[0]?.clinic;
    });
    if (!clinic) throw new AppError('forbidden');
    return clinic;
  }
}

function isFor(
  guideline: Guideline | undefined,
  { patient, specialty: wanted }: Pick<GuidelineQuery, 'patient' | 'specialty'>,
): boolean {
  if (!guideline) return true;
  const { age, sex, specialty } = guideline.head;
  if (wanted !== undefined && !specialty.includes(wanted)) return false;
  return concerns(
    {
      ...(age.min_years === undefined ? {} : { minYears: age.min_years }),
      ...(age.max_years === undefined ? {} : { maxYears: age.max_years }),
      ...(sex === 'any' ? {} : { sex: sex === 'female' ? 'F' : 'M' }),
    },
    patient,
  );
}
