import { type Database, type Logger, type Repetition, repeatEvery } from '@medcall/service-kit';
import { sql } from 'kysely';
import { aiAgreed } from './consents.ts';
import type { LiveRooms } from './live-rooms.ts';
import type { TranscriptionService } from './transcription-service.ts';

/** A withdrawal has to stop the engine within 2 s (DESIGN §8). */
const checkEveryMs = 1000;

/**
 * Looks once a second, in one query for all rooms, whether an engine may still run. Asking the
 * database needs no message to arrive, so it also holds when pub/sub is down.
 */
export class ConsentWatch {
  private readonly database: Database;
  private readonly rooms: LiveRooms;
  private readonly transcription: TranscriptionService;
  private readonly logger: Logger;
  private repetition: Repetition | undefined;

  constructor(options: {
    database: Database;
    rooms: LiveRooms;
    transcription: TranscriptionService;
    logger: Logger;
  }) {
    this.database = options.database;
    this.rooms = options.rooms;
    this.transcription = options.transcription;
    this.logger = options.logger;
  }

  start(): void {
    this.repetition = repeatEvery(
      checkEveryMs,
      () => this.check(),
      (error) => this.logger.warn({ err: error }, 'consent check failed'),
    );
  }

  stop(): void {
    void this.repetition?.stop();
  }

  private async check(): Promise<void> {
    // Not waited for: a deletion that takes its time keeps no other room waiting. Failures are logged there.
    void this.transcription.retryWithdrawals();
    const transcribing = await this.rooms.transcribing();
    if (transcribing.length === 0) return;
    for (const { agreed, id } of await this.withdrawn(transcribing)) {
      // Where both came at once, the patient's word is the reason.
      const reason = agreed ? 'ai_disabled' : 'consent_withdrawn';
      this.transcription.withdraw(id, reason).catch((error: unknown) => {
        this.logger.warn({ err: error, consultationId: id }, 'withdrawal failed');
      });
    }
  }

  private withdrawn(ids: readonly string[]): Promise<{ id: string; agreed: boolean }[]> {
    return this.database.asSystem('consent watch', (trx) =>
      trx
        .selectFrom('consultations as c')
        .select(['c.id', aiAgreed.as('agreed')])
        .where('c.id', 'in', ids)
        .where(sql<boolean>`not (c.ai_enabled and ${aiAgreed})`)
        .execute(),
    );
  }
}
