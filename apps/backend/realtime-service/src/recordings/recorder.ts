import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { AppError, type Logger, type ObjectStore, removeAll } from '@medcall/service-kit';
import type { LogRecord } from '../audio-log/record.ts';
import { WorkLooks } from '../work/work-looks.ts';
import { opusType } from './encode-opus.ts';
import type { KeptAudio, KeptStream } from './kept-audio.ts';
import { type MadeRecording, makeRecording } from './make-recording.ts';
import type { RecordingPlan } from './recording-plan.ts';
import type {
  ClaimedRecording,
  FinishedFile,
  RecordingRows,
  StreamMark,
} from './recording-rows.ts';

const lookEveryMs = 10_000;
const renewEveryMs = 30_000;
/** Withdrawals come as events; this look catches one whose event was lost. */
const withdrawalsEveryLooks = 30;
/** So often a recording waits for sound that the log should hold; then it takes what there is. */
const patientAttempts = 5;

export interface RecorderOptions {
  audio: KeptAudio;
  plan: RecordingPlan;
  rows: RecordingRows;
  store: ObjectStore;
  ffmpeg: string;
  /** For files while they grow; emptied at start. */
  workDir: string;
  logger: Logger;
}

/**
 * Turns the audio log of ended captures into recordings, one at a time per node. The rows are the
 * list of work: whatever ends a process, the next look goes on from them.
 */
export class Recorder {
  private readonly options: RecorderOptions;
  private readonly looks: WorkLooks;
  private looked = 0;
  private current: { consultationId: string; abort: AbortController } | null = null;

  constructor(options: RecorderOptions) {
    this.options = options;
    this.looks = new WorkLooks({
      everyMs: lookEveryMs,
      look: () => this.look(),
      onError: (error) => options.logger.warn({ err: error }, 'recordings have to wait'),
    });
  }

  async start(): Promise<void> {
    const { workDir } = this.options;
    await rm(workDir, { recursive: true, force: true });
    await mkdir(workDir, { recursive: true });
    this.looks.start();
  }

  async stop(): Promise<void> {
    const done = this.looks.stop();
    this.current?.abort.abort();
    await done;
  }

  /** Looks for work now: something was drained, stopped, asked for or allowed. */
  wake(): void {
    this.looks.wake();
  }

  /** Resolves when there is nothing left to do right now. */
  idle(): Promise<void> {
    return this.looks.idle();
  }

  /** The patient gave or took back the recording consent. */
  async consentChanged(consultationId: string, accepted: boolean): Promise<void> {
    if (accepted) this.wake();
    else await this.erase(consultationId);
  }

  /** Deletes every file of a consultation without consent, finished or not; the rows stay as `erased`. */
  async erase(consultationId: string): Promise<void> {
    const { logger, rows, store } = this.options;
    if (this.current?.consultationId === consultationId) this.current.abort.abort();
    const ids = await rows.withdrawnOf(consultationId);
    if (ids.length === 0) return;
    const folders = ids.map((id) => folderOf(consultationId, id));
    for (const folder of folders) await removeAll(store, folder);
    await rows.markErased(ids);
    // What was being written meanwhile: from here on no row can take it.
    for (const folder of folders) await removeAll(store, folder);
    logger.info({ consultationId, recordings: ids.length }, 'recordings erased');
  }

  private async look(): Promise<void> {
    if (this.looked++ % withdrawalsEveryLooks === 0) await this.eraseWithdrawn();
    await this.options.plan.planAll();
    for (let next = await this.claim(); next; next = await this.claim()) await this.assemble(next);
  }

  private async claim(): Promise<ClaimedRecording | null> {
    return this.looks.stopped ? null : this.options.rows.claim();
  }

  private async eraseWithdrawn(): Promise<void> {
    for (const consultationId of await this.options.rows.withdrawn()) {
      await this.erase(consultationId);
    }
  }

  private async assemble(claimed: ClaimedRecording): Promise<void> {
    const { logger, rows } = this.options;
    const abort = new AbortController();
    this.current = { consultationId: claimed.consultationId, abort };
    const renewal = setInterval(() => {
      rows.renew(claimed).then(
        (ours) => ours || abort.abort(),
        (error: unknown) => logger.warn({ err: error }, 'recording not renewed'),
      );
    }, renewEveryMs);
    try {
      await this.keep(claimed, await this.make(claimed, abort.signal));
    } catch (error) {
      if (this.looks.stopped) await rows.handBack(claimed);
      else if (!abort.signal.aborted) {
        logger.warn({ err: error, recordingId: claimed.id }, 'recording not assembled');
        await rows.fail(claimed, failureOf(error));
      }
    } finally {
      clearInterval(renewal);
      this.current = null;
    }
  }

  private async make(claimed: ClaimedRecording, signal: AbortSignal): Promise<MadeRecording> {
    const { audio, ffmpeg, workDir } = this.options;
    const wanted = claimed.streams.filter(
      (mark) => claimed.participantId === null || mark.participantId === claimed.participantId,
    );
    const kept = await audio.streamsOf(claimed.consultationId);
    const chosen = wanted.map((mark) => new MarkedStream(mark, kept));
    const streams = chosen.flatMap((stream) => stream.kept ?? []);
    const made =
      streams.length === 0
        ? null
        : await makeRecording({ streams, limit: claimed.limit, ffmpeg, workDir, signal });
    // The last segment of another node may be on its way to the object store.
    const complete = chosen.every((stream) => stream.complete);
    if (!complete && claimed.attempts <= patientAttempts) throw new IncompleteLog();
    if (made === null || made.durationMs === 0) throw new NoSound();
    return made;
  }

  private async keep(claimed: ClaimedRecording, made: MadeRecording): Promise<void> {
    const { rows, store } = this.options;
    const folder = folderOf(claimed.consultationId, claimed.id);
    // Of an earlier assembly, or of one that ended before its row was written.
    const outdated = await store.list(folder);
    const name = `${folder}${made.sha256.slice(0, 16)}-${randomUUID()}`;
    const file: FinishedFile = {
      storageKey: `${name}.ogg`,
      peaksKey: `${name}.peaks.json`,
      contentType: opusType,
      bytes: made.opus.length,
      sha256: made.sha256,
      durationMs: made.durationMs,
    };
    const waveform = Buffer.from(JSON.stringify(made.waveform));
    await store.put(file.peaksKey, waveform, 'application/json');
    await store.put(file.storageKey, made.opus, opusType);
    const ready = await rows.finish(claimed, file);
    const unwanted = ready ? outdated.map(({ key }) => key) : [file.storageKey, file.peaksKey];
    for (const key of unwanted) await store.remove(key);
  }
}

/** Where the objects of one recording lie. */
function folderOf(consultationId: string, recordingId: string): string {
  return `recordings/${consultationId}/${recordingId}/`;
}

class IncompleteLog extends Error {
  constructor() {
    super('the log does not hold yet what was acknowledged');
  }
}

class NoSound extends Error {
  constructor() {
    super('the log holds no sound of this recording');
  }
}

/** A stream of the log, and whether it holds what its row says was acknowledged. */
class MarkedStream {
  readonly kept: KeptStream | null;
  private readonly ackedSeq: number;
  private lastSeq = -1;

  constructor(mark: StreamMark, all: readonly KeptStream[]) {
    this.ackedSeq = mark.ackedSeq;
    const found = all.find(
      ({ header }) =>
        header.sub === mark.sub &&
        header.stream === mark.stream &&
        header.captureId === mark.captureId,
    );
    this.kept = found ? { header: found.header, records: () => this.followed(found) } : null;
  }

  get complete(): boolean {
    return this.lastSeq >= this.ackedSeq;
  }

  private async *followed(stream: KeptStream): AsyncGenerator<LogRecord> {
    for await (const record of stream.records()) {
      this.lastSeq = record.type === 'gap' ? record.toSeq : record.seq;
      yield record;
    }
  }
}

/** A code for the row, and whether trying again is of no use. */
function failureOf(error: unknown): { code: string; forGood: boolean } {
  if (error instanceof IncompleteLog) return { code: 'audio_incomplete', forGood: false };
  if (error instanceof NoSound) return { code: 'no_sound', forGood: true };
  return { code: error instanceof AppError ? error.code : 'encoding_failed', forGood: false };
}
