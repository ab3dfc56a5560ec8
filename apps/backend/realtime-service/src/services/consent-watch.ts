import { type Database, type Logger, type Repetition, repeatEvery } from '@medcall/service-kit';
import { sql } from 'kysely';
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
    const transcribing = await this.rooms.transcribing();
    if (transcribing.length === 0) return;
    for (const { aiEnabled, id } of await this.withdrawn(transcribing)) {
      await this.transcription.withdraw(id, aiEnabled ? 'consent_withdrawn' : 'ai_disabled');
    }
  }

  private withdrawn(ids: readonly string[]): Promise<{ id: string; aiEnabled: boolean }[]> {
    return this.database.asSystem('consent watch', (trx) =>
      trx
        .selectFrom('consultations as c')
        .select(['c.id', 'c.ai_enabled as aiEnabled'])
        .where('c.id', 'in', ids)
        .where(
          sql<boolean>`not (c.ai_enabled and coalesce((
            select k.accepted from consents k
            where k.consultation_id = c.id and k.type = 'ai'
            order by k.position desc limit 1), false))`,
        )
        .execute(),
    );
  }
}
