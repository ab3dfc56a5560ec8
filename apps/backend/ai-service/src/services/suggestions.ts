import {
  AppError,
  type Caller,
  type Database,
  type Logger,
  notFound,
  type Trx,
} from '@medcall/service-kit';
import type {
  RequestSuggestions,
  SuggestionStatus,
  SuggestionsResponse,
} from '@medcall/shared-types/suggestion';
import type { Chunk } from './guidelines/chunk-index.ts';
import type { GuidelineLibrary } from './guidelines/library.ts';
import { isChild } from './questions/patient-context.ts';
import { placeQuestions } from './questions/place-questions.ts';
import type { QuestionEngine, QuestionRun } from './questions/question-engine.ts';
import { readTalk } from './questions/read-talk.ts';
import { waits } from './questions/select-questions.ts';
import type { Retriever } from './rag.ts';
import {
  answeredBefore,
  noticeOf,
  toMeter,
  toNewSuggestion,
  toResponse,
} from './suggestion-answer.ts';
import { type Room, readRoom } from './suggestion-room.ts';
import {
  type ConsultationForAi,
  findConsultation,
  insertRuns,
  insertSuggestions,
  lockRoom,
  readRuns,
  readSuggestions,
  retireSuggestions,
  type StoredSuggestion,
  saveCoverage,
} from './suggestion-store.ts';
import { findTrigger, toOffered, unheard } from './suggestion-trigger.ts';
import { typedDialogue } from './typed-dialogue.ts';
import type { Utterance } from './utterance.ts';

export interface SuggestionServiceOptions {
  database: Database;
  retriever: Retriever;
  library: GuidelineLibrary;
  questions: QuestionEngine;
  /** Recorded for an utterance that calls for no question. */
  nothingAsked: QuestionRun;
  /** Books that the search was used, outside the answer's way. */
  onSearch: (use: { consultationId: string; transcriptionId: string | null }) => void;
  logger: Logger;
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
    const room = await readRoom(this.options.database, caller, request.roomId);
    if (!room.consultation.aiAllowed) throw new AppError('ai_consent_required');
    const typed = request.transcriptionId === undefined ? typedDialogue(request.transcription) : [];
    const utterances = [...room.utterances, ...unheard(typed, room.utterances)];
    const talk = readTalk(room.consultation.patient, utterances);
    const meter = toMeter(talk);
    const ranBefore = request.transcriptionId && room.runs.get(request.transcriptionId);
    if (ranBefore) return toResponse(answeredBefore(room, ranBefore), meter);

    const trigger = findTrigger(utterances, room.runs, request.transcriptionId, talk.planning);
    const passages = trigger ? await this.search(room.consultation, utterances) : undefined;
    const proposal = trigger
      ? await this.options.questions.propose({
          consultationId: room.consultation.id,
          talk,
          utterances,
          offered: room.suggestions.map((one) => toOffered(one, utterances)),
          passages: passages ?? [],
        })
      : undefined;
    const answer = await this.options.database.asSystem('store suggestions', async (trx) => {
      await lockRoom(trx, request.roomId);
      // Consent may have been withdrawn while the engines ran: then nothing is stored.
      const now = await findConsultation(trx, request.roomId);
      if (!now?.aiAllowed) throw new AppError('ai_consent_required');
      const runs = await readRuns(trx, request.roomId);
      const offered = await readSuggestions(trx, request.roomId);
      const ranMeanwhile = request.transcriptionId && runs.get(request.transcriptionId);
      if (ranMeanwhile) return answeredBefore({ runs, suggestions: offered }, ranMeanwhile);
      const state = {
        ...talk,
        planning: talk.planning || request.context === 'consulta',
        offered: offered.map((one) => toOffered(one, utterances)),
        utterances: utterances.length,
        ...(passages ? { passages: this.ranksOf(passages) } : {}),
      };
      const { chosen, retired } = placeQuestions(
        (proposal?.rank(state) ?? []).map((one) => ({ ...one, waits: waits(one, state) })),
        state,
      );
      const occasion = {
        trigger,
        utterances,
        patientIsChild: isChild(talk.patient),
        run: proposal?.run,
      };
      const fresh = chosen.map((candidate) => toNewSuggestion(candidate, occasion));
      await retireSuggestions(
        trx,
        retired.map((one) => one.id),
      );
      await insertSuggestions(trx, request.roomId, request.context, fresh);
      await this.noteRun(trx, room, [request.transcriptionId, trigger?.id], proposal?.run);
      await saveCoverage(trx, room.consultation.id, meter);
      return { items: fresh, notice: noticeOf(proposal?.run.fallbackReason ?? null) };
    });
    if (passages) {
      this.options.onSearch({
        consultationId: room.consultation.id,
        transcriptionId: request.transcriptionId ?? null,
      });
    }
    return toResponse(answer, meter);
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

  private async search(
    consultation: ConsultationForAi,
    utterances: readonly Utterance[],
  ): Promise<Chunk[]> {
    const text = utterances
      .filter(({ speaker }) => speaker !== 'MEDICO')
      .slice(-recentUtterances)
      .map((utterance) => utterance.text)
      .join(' ');
    const { logger, retriever } = this.options;
    return retriever
      .search({
        text,
        clinicaId: consultation.clinicaId,
        consultationId: consultation.id,
        limit: supportPassages,
      })
      .catch((error: unknown) => {
        // The bank stands without the search; its ranking only loses a hint.
        logger.warn({ err: error }, 'guideline search failed');
        return [];
      });
  }

  /** Rank of each passage of the common corpus, by citation. */
  private ranksOf(passages: readonly Chunk[]): ReadonlyMap<string, number> {
    const { library } = this.options;
    return new Map(
      passages.flatMap(({ documentId, position }, rank) => {
        const citation = library.citationOf(documentId, position);
        return citation ? [[citation, rank] as const] : [];
      }),
    );
  }

  private noteRun(
    trx: Trx,
    room: Room,
    ids: readonly (string | undefined)[],
    run: QuestionRun | undefined,
  ): Promise<void> {
    const answered = new Set(ids);
    const stored = room.utterances
      .map((utterance) => utterance.id)
      .filter((id) => answered.has(id));
    return insertRuns(trx, room.consultation.roomId, stored, run ?? this.options.nothingAsked);
  }
}
