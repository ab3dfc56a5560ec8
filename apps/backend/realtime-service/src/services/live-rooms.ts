import { type Logger, type Repetition, repeatEvery } from '@medcall/service-kit';
import { isOpen } from '@medcall/shared-types';
import { pass } from '../failpoints.ts';
import { type Broadcaster, doctorOnly } from './broadcaster.ts';
import type { Captures } from './captures.ts';
import type { ConsultationReader, RoomView } from './consultation-reader.ts';
import { LiveRoom, type LiveRoomParts } from './live-room.ts';
import type { StreamClaims } from './stream-claims.ts';
import type { StreamPosition, StreamRows, UndrainedStream } from './stream-rows.ts';
import type { Withdrawals } from './withdrawals.ts';

/** Below this the doctor need not know that text comes a little later. */
const visibleLagSeconds = 3;

/** How often this node looks for streams that a dead node left behind, in seconds. */
const adoptEveryTicks = 5;

interface LiveRoomsOptions {
  reader: ConsultationReader;
  captures: Captures;
  streamRows: StreamRows;
  streamClaims: StreamClaims;
  withdrawals: Pick<Withdrawals, 'begin'>;
  broadcaster: Broadcaster;
  parts: LiveRoomParts;
  /** Told when a consultation is over here. */
  onForgotten: (roomId: string) => void;
  logger: Logger;
}

/** All consultations that this process transcribes. */
export class LiveRooms {
  private readonly options: LiveRoomsOptions;
  private readonly rooms = new Map<string, Promise<LiveRoom>>();
  private readonly lagging = new Set<string>();
  /** Seconds of sound that are not yet text, by consultation, as of the last second. */
  private readonly lags = new Map<string, number>();
  private clockwork: Repetition | undefined;
  /** Ended here and not yet drained. */
  private readonly ended = new Set<string>();
  /** Whether all that an earlier process on this data folder left behind was taken up. */
  private ownTakenUp = false;
  private recovery: Promise<void> | null = null;
  private stopped = false;
  private ticks = 0;

  constructor(options: LiveRoomsOptions) {
    this.options = options;
  }

  /** Takes up what an earlier process left behind, in the background, and starts the clockwork. */
  start(): void {
    void this.recover();
    this.clockwork = repeatEvery(
      1000,
      () => this.tick(),
      (error) => this.options.logger.warn({ err: error }, 'clockwork of live rooms failed'),
    );
  }

  /** Stops taking sound. What is not yet text stays in the log for the next process. */
  async stop(): Promise<void> {
    this.stopped = true;
    void this.clockwork?.stop();
    await Promise.allSettled([...this.rooms.values()].map(async (room) => (await room).close()));
    this.rooms.clear();
  }

  /** The live room of a consultation, with its capture state as the database has it. */
  of(view: RoomView): Promise<LiveRoom> {
    const running = this.rooms.get(view.consultationId);
    if (running) return running;
    const loaded = this.load(view);
    this.rooms.set(view.consultationId, loaded);
    loaded.catch(() => this.rooms.delete(view.consultationId));
    return loaded;
  }

  /** The live room, when this process has it. */
  running(consultationId: string): Promise<LiveRoom> | undefined {
    return this.rooms.get(consultationId);
  }

  /** Reads the state of a consultation again, because somebody changed it, perhaps on another node. */
  async refresh(consultationId: string): Promise<void> {
    const room = await this.rooms.get(consultationId);
    if (!room) return;
    const view = await this.options.reader.byId(consultationId);
    const capture = await this.options.captures.active(consultationId);
    if (capture) {
      room.begin(capture);
      return;
    }
    room.pause();
    await this.obeyWithdrawal(room);
    if (isOpen(view.status)) await room.flush();
    else await this.finish(consultationId);
  }

  /** Drains a consultation that has ended, and forgets it. What fails is tried again by the clockwork. */
  async finish(consultationId: string): Promise<void> {
    const room = await this.rooms.get(consultationId);
    if (!room) return;
    this.ended.add(consultationId);
    await room.drain();
    await this.forget(consultationId);
  }

  async refreshAll(): Promise<void> {
    for (const consultationId of [...this.rooms.keys()]) await this.refresh(consultationId);
  }

  /** How many consultations live here, and how far the slowest of them is behind, in seconds. */
  figures(): { rooms: number; longestLagSeconds: number } {
    return { rooms: this.rooms.size, longestLagSeconds: Math.max(0, ...this.lags.values()) };
  }

  /** Consultations that take chunks right now. */
  async transcribing(): Promise<string[]> {
    const loaded = await Promise.allSettled(this.rooms.values());
    return loaded.flatMap((result) =>
      result.status === 'fulfilled' && result.value.transcribing
        ? [result.value.view.consultationId]
        : [],
    );
  }

  async forget(consultationId: string): Promise<void> {
    const room = await this.rooms.get(consultationId);
    if (room) this.options.onForgotten(room.view.roomId);
    this.rooms.delete(consultationId);
    this.lagging.delete(consultationId);
    this.lags.delete(consultationId);
    this.ended.delete(consultationId);
  }

  private async load(view: RoomView): Promise<LiveRoom> {
    const capture = await this.options.captures.active(view.consultationId);
    const room = new LiveRoom(
      { ...view, timelineZeroAt: capture?.timelineZeroAt ?? view.timelineZeroAt },
      this.options.parts,
    );
    await room.load();
    await this.obeyWithdrawal(room);
    if (!room.refused && capture && isOpen(view.status)) room.begin(capture);
    // Before anybody comes back: they are told where their sound goes on, and the log knows it best.
    const left = await this.options.streamClaims.claimUndrained({
      own: true,
      consultationId: view.consultationId,
    });
    await room.recoverAll(left);
    return room;
  }

  /**
   * What was captured before a withdrawal becomes no text: neither here, when it was another node that
   * noticed, nor when that node died before the sound was deleted, nor what a pause left.
   */
  private async obeyWithdrawal(room: LiveRoom): Promise<void> {
    if (room.refused) return;
    const { consultationId } = room.view;
    const reason = await this.options.captures.withdrawn(consultationId);
    if (!reason) return;
    try {
      await this.options.withdrawals.begin(room, reason);
    } catch (error) {
      this.options.logger.warn({ err: error, consultationId }, 'withdrawal has to wait');
    }
  }

  /** Takes up streams that nobody owns any more; the first time also those of this data folder. */
  private recover(): Promise<void> {
    this.recovery ??= this.takeUpAll().finally(() => {
      this.recovery = null;
    });
    return this.recovery;
  }

  private async takeUpAll(): Promise<void> {
    const { logger, streamClaims } = this.options;
    try {
      const left = await streamClaims.claimUndrained({ own: !this.ownTakenUp });
      this.ownTakenUp = true;
      const byConsultation = Map.groupBy(left, (stream) => stream.consultationId);
      for (const [consultationId, streams] of byConsultation) {
        if (this.stopped) return;
        await this.takeUp(consultationId, streams);
      }
      if (left.length > 0) logger.info({ streams: left.length }, 'audio streams taken up again');
    } catch (error) {
      // What was claimed is ours now: the next look has to be for our own.
      this.ownTakenUp = false;
      if (!this.stopped) logger.error({ err: error }, 'recovery of audio streams failed');
    }
  }

  private async takeUp(consultationId: string, streams: UndrainedStream[]): Promise<void> {
    const view = await this.options.reader.byId(consultationId);
    const room = await this.of(view);
    await room.recoverAll(streams);
    if (room.transcribing) return;
    // A long backlog of one consultation must not keep the others waiting.
    const settled = isOpen(view.status) ? room.flush() : this.finish(consultationId);
    settled.catch(this.reportFailedDrain);
  }

  private async tick(): Promise<void> {
    this.ticks += 1;
    if (this.ticks % adoptEveryTicks === 0) await this.recover();
    for (const consultationId of this.ended) {
      this.finish(consultationId).catch(this.reportFailedDrain);
    }
    const positions = new Map<StreamPosition, LiveRoom>();
    for (const [consultationId, loading] of this.rooms) {
      try {
        const room = await loading;
        for (const position of await room.positions()) positions.set(position, room);
        this.reportLag(consultationId, room, await room.backlogSeconds());
      } catch (error) {
        this.options.logger.warn({ err: error, consultationId }, 'room could not be looked after');
      }
    }
    await this.save(positions);
  }

  private async save(positions: Map<StreamPosition, LiveRoom>): Promise<void> {
    if (positions.size === 0) return;
    if ([...positions.keys()].some(({ decodedSample, row }) => decodedSample > row.decodedSample)) {
      pass('event-before-checkpoint');
    }
    const ours = await this.options.streamRows.savePositions([...positions.keys()]);
    for (const [position, room] of positions) {
      if (ours.has(position.row.id)) await room.saved(position);
      else await room.lost(position.row);
    }
  }

  private readonly reportFailedDrain = (error: unknown): void => {
    if (!this.stopped) this.options.logger.warn({ err: error }, 'drain has to wait');
  };

  private reportLag(consultationId: string, room: LiveRoom, seconds: number): void {
    this.lags.set(consultationId, seconds);
    const late = seconds >= visibleLagSeconds;
    if (!late && !this.lagging.has(consultationId)) return;
    if (late) this.lagging.add(consultationId);
    else this.lagging.delete(consultationId);
    this.options.broadcaster.toRoles(room.view.roomId, doctorOnly, 'transcription-lag', {
      roomId: room.view.roomId,
      seconds: late ? Math.round(seconds) : 0,
    });
  }
}
