import { type Logger, type Repetition, repeatEvery } from '@medcall/service-kit';
import { isOpen } from '@medcall/shared-types';
import { type Broadcaster, doctorOnly } from './broadcaster.ts';
import type { Captures } from './captures.ts';
import type { ConsultationReader, RoomView } from './consultation-reader.ts';
import { LiveRoom, type LiveRoomParts } from './live-room.ts';
import type { StreamRows } from './stream-rows.ts';

/** Below this the doctor need not know that text comes a little later. */
const visibleLagSeconds = 3;

/** How often this node looks for streams that a dead node left behind, in seconds. */
const adoptEveryTicks = 5;

interface LiveRoomsOptions {
  reader: ConsultationReader;
  captures: Captures;
  streamRows: StreamRows;
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
  private clockwork: Repetition | undefined;
  private stopped = false;
  private ticks = 0;

  constructor(options: LiveRoomsOptions) {
    this.options = options;
  }

  /** Takes up what an earlier process left behind, in the background, and starts the clockwork. */
  start(): void {
    this.recover({ own: true }).catch((error: unknown) => {
      this.options.logger.error({ err: error }, 'recovery of audio streams failed');
    });
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
    if (isOpen(view.status)) {
      await room.flush();
      return;
    }
    await room.drain();
    await this.forget(consultationId);
  }

  async refreshAll(): Promise<void> {
    for (const consultationId of [...this.rooms.keys()]) await this.refresh(consultationId);
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
  }

  private async load(view: RoomView): Promise<LiveRoom> {
    const capture = await this.options.captures.active(view.consultationId);
    const room = new LiveRoom(
      { ...view, timelineZeroAt: capture?.timelineZeroAt ?? view.timelineZeroAt },
      this.options.parts,
    );
    if (capture && isOpen(view.status)) room.begin(capture);
    return room;
  }

  private async recover(whose: { own: boolean }): Promise<void> {
    const left = await this.options.streamRows.claimUndrained(whose);
    const byConsultation = Map.groupBy(left, (stream) => stream.consultationId);
    for (const [consultationId, streams] of byConsultation) {
      if (this.stopped) return;
      const view = await this.options.reader.byId(consultationId);
      const room = await this.of(view);
      for (const stream of streams) await room.recover(stream);
      if (!isOpen(view.status)) {
        await room.drain();
        await this.forget(consultationId);
      }
    }
    if (left.length > 0) {
      this.options.logger.info({ streams: left.length }, 'audio streams taken up again');
    }
  }

  private async tick(): Promise<void> {
    this.ticks += 1;
    if (this.ticks % adoptEveryTicks === 0) await this.recover({ own: false });
    for (const [consultationId, loading] of this.rooms) {
      const room = await loading;
      await room.tick();
      this.reportLag(consultationId, room, await room.backlogSeconds());
    }
  }

  private reportLag(consultationId: string, room: LiveRoom, seconds: number): void {
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
