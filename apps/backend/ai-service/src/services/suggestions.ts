import { randomUUID } from 'node:crypto';
import {
  AppError,
  type Caller,
  type Database,
  type Logger,
  notFound,
  type Trx,
} from '@medcall/service-kit';
import type {
  CoverageItem,
  RequestSuggestions,
  SuggestionItem,
  SuggestionStatus,
  SuggestionsResponse,
} from '@medcall/shared-types/suggestion';
import { sql } from 'kysely';
import { coverageItems } from './coverage.ts';
import type { GuidelineLibrary } from './guidelines/library.ts';
import { readTalk, type TalkState, wantedTopics } from './questions/read-talk.ts';
import { type ChosenQuestion, selectQuestions } from './questions/select-questions.ts';
import type { Retriever } from './rag.ts';
import {
  type ConsultationForAi,
  findConsultation,
  insertRuns,
  insertSuggestions,
  lockRoom,
  readRuns,
  readSuggestions,
  readUtterances,
  retireSuggestions,
  type StoredSuggestion,
  saveCoverage,
} from './suggestion-store.ts';
import {
  findTrigger,
  isTyped,
  offeredIn,
  storedId,
  toOffered,
  unheard,
} from './suggestion-trigger.ts';
import { typedDialogue } from './typed-dialogue.ts';
import type { Utterance } from './utterance.ts';

export interface SuggestionServiceOptions {
  database: Database;
  retriever: Retriever;
  library: GuidelineLibrary;
  /** Name and version of the engine, stored with each answer. */
  engine: { name: string; version: string };
  /** Books that the search was used, outside the answer's way. */
  onSearch: (use: { consultationId: string; transcriptionId: string | null }) => void;
  logger: Logger;
}

interface Room {
  consultation: ConsultationForAi;
  utterances: Utterance[];
  suggestions: StoredSuggestion[];
  runs: Map<string, number>;
}

/** Passages of the last words that may support a question. */
const supportPassages = 6;
const recentUtterances = 3;

/** Questions for the doctor, and the meter of the anamnesis, from the transcript as it stands. */
export class SuggestionService {
  private readonly options: SuggestionServiceOptions;
  /** Requests of one room follow one another: they read what the one before wrote. */
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(options: SuggestionServiceOptions) {
    this.options = options;
  }

  /**
   * Answers for one utterance, once: the same utterance again gets the same questions.
   * @throws AppError not_found for a room that is not the caller's, ai_consent_required
   */
  suggest(caller: Caller, request: RequestSuggestions): Promise<SuggestionsResponse> {
    const before = this.queues.get(request.roomId) ?? Promise.resolve();
    const mine = before.then(
      () => this.answer(caller, request),
      () => this.answer(caller, request),
    );
    this.queues.set(request.roomId, mine);
    const forget = () => {
      if (this.queues.get(request.roomId) === mine) this.queues.delete(request.roomId);
    };
    mine.then(forget, forget);
    return mine;
  }

  private async answer(caller: Caller, request: RequestSuggestions): Promise<SuggestionsResponse> {
    const room = await this.load(caller, request.roomId);
    if (!room.consultation.aiAllowed) throw new AppError('ai_consent_required');
    const typed = request.transcriptionId === undefined ? typedDialogue(request.transcription) : [];
    const utterances = [...room.utterances, ...unheard(typed, room.utterances)];
    const talk = readTalk(room.consultation.patient, utterances);
    const meter = toMeter(talk);
    const ranBefore = request.transcriptionId && room.runs.get(request.transcriptionId);
    if (ranBefore) return toResponse(offeredIn(room, ranBefore), meter);

    const trigger = findTrigger(utterances, room.runs, request.transcriptionId, talk.planning);
    const passages = trigger ? await this.search(room.consultation, utterances) : undefined;
    const items = await this.options.database.asSystem('store suggestions', async (trx) => {
      await lockRoom(trx, request.roomId);
      // Consent may have been withdrawn while the search ran: then nothing is stored.
      const now = await findConsultation(trx, request.roomId);
      if (!now?.aiAllowed) throw new AppError('ai_consent_required');
      const runs = await readRuns(trx, request.roomId);
      const offered = await readSuggestions(trx, request.roomId);
      const ranMeanwhile = request.transcriptionId && runs.get(request.transcriptionId);
      if (ranMeanwhile) return offeredIn({ runs, suggestions: offered }, ranMeanwhile);
      const { chosen, retired } = trigger
        ? selectQuestions({
            ...talk,
            planning: talk.planning || request.context === 'consulta',
            offered: offered.map((one) => toOffered(one, utterances)),
            utterances: utterances.length,
            ...(passages ? { passages } : {}),
          })
        : { chosen: [], retired: [] };
      const fresh = chosen.map((question) => this.toItem(question, trigger));
      await retireSuggestions(
        trx,
        retired.map((one) => one.id),
      );
      await insertSuggestions(trx, request.roomId, request.context, fresh);
      await this.noteRun(trx, room, [request.transcriptionId, trigger?.id]);
      await saveCoverage(trx, room.consultation.id, meter);
      return fresh;
    });
    if (passages) {
      this.options.onSearch({
        consultationId: room.consultation.id,
        transcriptionId: request.transcriptionId ?? null,
      });
    }
    return toResponse(items, meter);
  }

  /** @throws AppError not_found when the caller may not see the question or it does not exist */
  async decide(caller: Caller, id: string, status: SuggestionStatus): Promise<StoredSuggestion> {
    if (caller.kind !== 'member') throw new AppError('forbidden');
    return this.options.database.asUser(caller, async (trx) => {
      const row = await trx
        .updateTable('suggestions')
        .set({
          status,
          decided_by: status === 'shown' ? null : caller.sub,
          decided_at: status === 'shown' ? null : new Date(),
        })
        .where('id', '=', id)
        .returning('room_id')
        .executeTakeFirst();
      if (!row) throw notFound();
      const all = await readSuggestions(trx, row.room_id);
      const decided = all.find((suggestion) => suggestion.id === id);
      if (!decided) throw notFound();
      return decided;
    });
  }

  private load(caller: Caller, roomId: string): Promise<Room> {
    const read = async (trx: Trx): Promise<Room> => {
      const consultation = await findConsultation(trx, roomId);
      if (!consultation) throw notFound();
      return {
        consultation,
        utterances: await readUtterances(trx, roomId),
        suggestions: await readSuggestions(trx, roomId),
        runs: await readRuns(trx, roomId),
      };
    };
    const { database } = this.options;
    switch (caller.kind) {
      case 'service':
        return database.asSystem('read a consultation for suggestions', async (trx) => {
          const room = await read(trx);
          // The token is for one consultation; another one does not exist for its bearer.
          if (caller.consultationId !== room.consultation.id) throw notFound();
          return room;
        });
      case 'member':
        return database.asUser(caller, async (trx) => {
          const room = await read(trx);
          await refuseWithoutDoctor(trx);
          return room;
        });
      case 'patient':
        throw caller.roomId === roomId ? new AppError('forbidden') : notFound();
    }
  }

  private async search(
    consultation: ConsultationForAi,
    utterances: readonly Utterance[],
  ): Promise<ReadonlyMap<string, number>> {
    const text = utterances
      .filter(({ speaker }) => speaker !== 'MEDICO')
      .slice(-recentUtterances)
      .map((utterance) => utterance.text)
      .join(' ');
    const { retriever, library, logger } = this.options;
    const found = await retriever
      .search({ text, clinicaId: consultation.clinicaId, limit: supportPassages })
      .catch((error: unknown) => {
        // The bank stands without the search; its ranking only loses a hint.
        logger.warn({ err: error }, 'guideline search failed');
        return [];
      });
    return new Map(
      found.flatMap((chunk, rank) => {
        const citation = library.citationOf(chunk.documentId, chunk.position);
        return citation ? [[citation, rank] as const] : [];
      }),
    );
  }

  private toItem(chosen: ChosenQuestion, trigger: Utterance | undefined): SuggestionItem {
    const { ask, redFlag, topic, why } = chosen.question;
    return {
      id: randomUUID(),
      topic,
      question: ask,
      rationale: why,
      redFlag: redFlag ?? false,
      sources: [this.options.library.source(chosen.citation, `${ask} ${why}`)],
      triggeredBy: { transcriptionId: storedId(trigger), text: trigger?.text ?? '' },
      engine: this.options.engine.name,
    };
  }

  private noteRun(trx: Trx, room: Room, ids: readonly (string | undefined)[]): Promise<void> {
    const stored = new Set(room.utterances.map((utterance) => utterance.id));
    const answered = [...new Set(ids)].filter((id) => id !== undefined && stored.has(id));
    return insertRuns(trx, room.consultation.roomId, answered as string[], this.options.engine);
  }
}

/** Administrators see that a consultation exists, not what is said in it. */
async function refuseWithoutDoctor(trx: Trx): Promise<void> {
  const { rows } = await sql<{ doctor: string | null }>`
    select app.current_doctor() as doctor`.execute(trx);
  if (!rows[0]?.doctor) throw new AppError('forbidden');
}

function toMeter(talk: TalkState): CoverageItem[] {
  const items = coverageItems(talk.coverage, wantedTopics(talk.complaints));
  return items.map(({ transcriptionId, ...item }) =>
    transcriptionId === undefined || isTyped(transcriptionId) ? item : { ...item, transcriptionId },
  );
}

function toResponse(
  items: readonly (SuggestionItem | StoredSuggestion)[],
  coverage: CoverageItem[],
): SuggestionsResponse {
  return {
    suggestions: items.map((item) => item.question),
    items: items.map(
      ({ id, topic, question, rationale, redFlag, sources, triggeredBy, engine }) => ({
        id,
        topic,
        question,
        rationale,
        redFlag,
        sources,
        triggeredBy,
        engine,
      }),
    ),
    coverage,
  };
}
