import { AppError, type Logger } from '@medcall/service-kit';
import { type Broadcaster, everybody } from './broadcaster.ts';
import type { Captures, WithdrawalReason } from './captures.ts';
import type { Consents } from './consents.ts';
import type { RoomView } from './consultation-reader.ts';
import type { LiveRooms } from './live-rooms.ts';
import type { Withdrawals } from './withdrawals.ts';

/** `consultation-ended` is sent no later than this after the doctor's word, drained or not. */
const longestGoodbyeMs = 4000;

interface TranscriptionServiceOptions {
  captures: Captures;
  consents: Consents;
  rooms: LiveRooms;
  withdrawals: Withdrawals;
  broadcaster: Broadcaster;
  engineName: string;
  logger: Logger;
}

/** Starts, pauses and ends the transcription of consultations; the only place that decides whether an engine may run. */
export class TranscriptionService {
  private readonly options: TranscriptionServiceOptions;

  constructor(options: TranscriptionServiceOptions) {
    this.options = options;
  }

  /** @throws AppError ai_consent_required while the switch is off or the patient has not agreed */
  async start(room: RoomView): Promise<{ sessionId: string }> {
    const { broadcaster, captures, consents, engineName, rooms, withdrawals } = this.options;
    if (!(await consents.aiAllowed(room.consultationId))) {
      throw new AppError('ai_consent_required');
    }
    // Loaded before the capture is opened: only then it sees that the one before was withdrawn.
    const live = await rooms.of(room);
    await withdrawals.settle(room.consultationId);
    const capture = await captures.open(room.consultationId, room.roomId, room.type);
    live.begin(capture);
    broadcaster.toRoles(room.roomId, everybody, 'transcription-started', {
      roomId: room.roomId,
      sessionId: capture.sessionId,
      language: 'pt-BR',
      engine: engineName,
    });
    return { sessionId: capture.sessionId };
  }

  /** Pauses: what was said so far still becomes text. */
  async stop(room: RoomView): Promise<void> {
    const { broadcaster, captures, rooms } = this.options;
    const live = await rooms.of(room);
    if (!live.transcribing) throw new AppError('not_transcribing');
    // In this order: a chunk that comes meanwhile must not find the capture open again.
    await captures.close(room.consultationId, 'doctor');
    live.pause();
    broadcaster.toRoles(room.roomId, everybody, 'transcription-stopped', {
      roomId: room.roomId,
      reason: 'doctor',
    });
    this.inBackground(live.flush(), room);
  }

  /** The patient took the consent back, or the switch was turned off: stop, forget, delete the sound. */
  async withdraw(consultationId: string, reason: WithdrawalReason): Promise<void> {
    const live = await this.options.rooms.running(consultationId);
    if (live) await this.options.withdrawals.begin(live, reason);
  }

  /** Tries again what could not be done of withdrawals. */
  retryWithdrawals(): Promise<void> {
    return this.options.withdrawals.retry();
  }

  /** Completes the consultation. Late finals still become rows after everybody was told. */
  async end(room: RoomView): Promise<void> {
    const { broadcaster, captures, rooms } = this.options;
    const live = await rooms.of(room);
    const endedAt = await captures.end(room.consultationId);
    live.pause();
    const drained = rooms.finish(room.consultationId);
    this.inBackground(drained, room);
    await Promise.race([drained.catch(() => undefined), after(longestGoodbyeMs)]);
    const goodbye = {
      roomId: room.roomId,
      endedAt: endedAt.toISOString(),
      pendingSeconds: Math.round((await live.backlogSeconds()) * 10) / 10,
    };
    if (room.type === 'ONLINE') {
      broadcaster.toRoles(room.roomId, everybody, 'consultation-ended', goodbye);
    } else {
      const { consultationId } = room;
      broadcaster.toRoles(room.roomId, everybody, 'presential-ended', {
        consultationId,
        ...goodbye,
      });
    }
  }

  private inBackground(work: Promise<unknown>, room: RoomView): void {
    work.catch((error: unknown) => {
      this.options.logger.error(
        { err: error, consultationId: room.consultationId },
        'drain failed; it will be tried again',
      );
    });
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
