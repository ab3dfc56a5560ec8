import type { Database, Logger } from '@medcall/service-kit';
import { uuid } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { AudioLog } from '../audio-log/audio-log.ts';
import type { StreamRows } from './stream-rows.ts';
import type { VoiceRows } from './voice-rows.ts';

const checkEveryMs = 10 * 60_000;
/** Time in which a transcript may still be derived again (DESIGN §6). */
const keepHours = 24;

/** Deletes the sound of consultations that nobody allowed to keep, 24 h after it became text. */
export class Retention {
  private readonly database: Database;
  private readonly audioLog: AudioLog;
  private readonly streamRows: StreamRows;
  private readonly voiceRows: VoiceRows;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: {
    database: Database;
    audioLog: AudioLog;
    streamRows: StreamRows;
    voiceRows: VoiceRows;
    logger: Logger;
  }) {
    this.database = options.database;
    this.audioLog = options.audioLog;
    this.streamRows = options.streamRows;
    this.voiceRows = options.voiceRows;
    this.logger = options.logger;
  }

  start(): void {
    const run = () => {
      this.expire().catch((error: unknown) => {
        this.logger.error({ err: error }, 'expired audio could not be deleted');
      });
    };
    this.timer = setInterval(run, checkEveryMs);
    this.timer.unref();
    run();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @returns how many consultations lost their sound */
  async expire(): Promise<number> {
    // Where another node deleted the sound, its copy on this disk is left over.
    const due = [...(await this.due()), ...(await this.leftOver())];
    for (const consultationId of due) {
      await this.audioLog.erase(consultationId);
      await this.streamRows.markDiscarded(consultationId);
    }
    // Also where the sound is kept: how people sound served to tell them apart, which is done.
    await this.voiceRows.forgetEnded(keepHours);
    if (due.length > 0) this.logger.info({ consultations: due.length }, 'expired audio deleted');
    return due.length;
  }

  private async leftOver(): Promise<string[]> {
    // A file system keeps names of its own among ours (lost+found): they are nobody's audio.
    const here = (await this.audioLog.consultations()).filter(isUuid);
    if (here.length === 0) return [];
    return this.database.asSystem('audio left over', async (trx) => {
      const kept = await trx
        .selectFrom('audio_streams')
        .select('consultation_id')
        .distinct()
        .where('consultation_id', 'in', here)
        .where('discarded_at', 'is', null)
        .execute();
      const wanted = new Set(kept.map((row) => row.consultation_id));
      return here.filter((id) => !wanted.has(id));
    });
  }

  private due(): Promise<string[]> {
    return this.database.asSystem('expired audio', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams as s')
        .innerJoin('consultations as c', 'c.id', 's.consultation_id')
        .select('s.consultation_id')
        .where('s.discarded_at', 'is', null)
        .where('c.status', 'not in', ['WAITING', 'IN_PROGRESS'])
        .where(
          sql<boolean>`not coalesce((
            select k.accepted from consents k
            where k.consultation_id = c.id and k.type = 'recording'
            order by k.position desc limit 1), false)`,
        )
        .groupBy('s.consultation_id')
        .having(sql<boolean>`bool_and(s.drained_at < now() - make_interval(hours => ${keepHours}))`)
        .execute();
      return rows.map((row) => row.consultation_id);
    });
  }
}

function isUuid(name: string): boolean {
  return uuid.safeParse(name).success;
}
