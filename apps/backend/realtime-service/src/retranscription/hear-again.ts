import { AppError } from '@medcall/service-kit';
import type { RoomView } from '../services/consultation-reader.ts';
import { LiveRoom, type LiveRoomParts } from '../services/live-room.ts';
import type { StreamClaims } from '../services/stream-claims.ts';
import type { StreamRows } from '../services/stream-rows.ts';
import type { TranscriptWriter } from '../services/transcript-writer.ts';
import { SAMPLES_PER_SECOND } from '../speech/pcm.ts';
import { HeardAgain } from './heard-again.ts';

export interface HearAgainParts {
  streamRows: Pick<StreamRows, 'lengths'>;
  streamClaims: Pick<StreamClaims, 'claimDrained'>;
  writer: Pick<TranscriptWriter, 'toEvent' | 'toWithdrawal'>;
  /** Whose rows and listeners are left alone. */
  room: Omit<LiveRoomParts, 'writer' | 'streamRows' | 'broadcaster' | 'onFinal'>;
}

/** How far hearing again is, in seconds of the consultation. */
export interface Progress {
  secondsDone: number;
  secondsTotal: number;
}

/** A consultation that is over, heard again from the beginning of its log by the way of a live one. */
export class Hearing {
  readonly heard: HeardAgain;
  /** Streams that are being heard, or were: those whose sound there was when it began. */
  streamIds: readonly string[] = [];
  private readonly room: LiveRoom;
  private readonly claims: HearAgainParts['streamClaims'];
  private readonly lengths: Awaited<ReturnType<HearAgainParts['streamRows']['lengths']>>;

  private constructor(
    view: RoomView,
    parts: HearAgainParts,
    lengths: Awaited<ReturnType<HearAgainParts['streamRows']['lengths']>>,
  ) {
    const heard = new HeardAgain(parts.writer);
    const { room } = parts;
    this.heard = heard;
    this.claims = parts.streamClaims;
    this.lengths = lengths;
    this.room = new LiveRoom(view, {
      ...room,
      writer: heard,
      streamRows: nobodysRows,
      voiceRows: { save: async () => undefined, spoken: (id) => room.voiceRows.spoken(id) },
      // Nobody reads along, and nothing is asked of what is heard.
      broadcaster: { toRoles: () => undefined },
      onFinal: () => undefined,
      transcribers: (stream) =>
        room.transcribers({
          ...stream,
          onEvent: (event) => {
            heard.notice(event);
            stream.onEvent(event);
          },
        }),
    });
  }

  static async of(view: RoomView, parts: HearAgainParts): Promise<Hearing> {
    return new Hearing(view, parts, await parts.streamRows.lengths(view.consultationId));
  }

  /**
   * Resolves when all sound is text; how many streams there were. Null while one of them is still being drained.
   * @throws the signal's reason; AppError unavailable when the log held less than was said
   */
  async listen(consultationId: string, signal: AbortSignal): Promise<number | null> {
    const streams = await this.claims.claimDrained(consultationId);
    if (streams === null) return null;
    this.streamIds = streams.map(({ id }) => id);
    await this.room.load();
    try {
      await unlessAborted(signal, async () => {
        await this.room.recoverAll(streams);
        await this.room.flush();
      });
      if (!(await this.heardAll())) throw new AppError('unavailable');
    } finally {
      await this.room.close();
    }
    return streams.length;
  }

  async progress(): Promise<Progress> {
    const positions = await this.room.positions();
    const doneOf = new Map(positions.map(({ decodedSample, row }) => [row.id, decodedSample]));
    const samples = sum(this.lengths.map((stream) => stream.samples));
    const done = sum(this.lengths.map((s) => Math.min(s.samples, doneOf.get(s.id) ?? 0)));
    const ends = this.lengths.map((s) => (s.originMs ?? 0) / 1000 + s.samples / SAMPLES_PER_SECOND);
    const begins = this.lengths.map((s) => (s.originMs ?? 0) / 1000);
    // People know how long the consultation was, not how many microphones listened.
    const secondsTotal = Math.round(Math.max(0, ...ends) - Math.min(...begins, ...ends));
    return {
      secondsDone: samples === 0 ? 0 : Math.floor((secondsTotal * done) / samples),
      secondsTotal,
    };
  }

  /** A log that was cut short meanwhile must not pass for all that was said. */
  private async heardAll(): Promise<boolean> {
    const positions = await this.room.positions();
    const endOf = new Map(positions.map(({ nextSample, row }) => [row.id, nextSample]));
    return this.lengths.every(({ id, samples }) => (endOf.get(id) ?? 0) >= samples);
  }
}

/** The streams' own marks are those of the consultation, not of who reads it once more. */
const nobodysRows: LiveRoomParts['streamRows'] = {
  captures: async () => [],
  countEvent: async () => undefined,
  markDiscarded: async () => undefined,
  markDrained: async () => undefined,
  savePositions: async (positions) => new Set(positions.map(({ row }) => row.id)),
};

async function unlessAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  let stopListening: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    await Promise.race([work(), aborted]);
  } finally {
    stopListening();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
