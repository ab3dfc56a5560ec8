import type { Clock, Logger } from '@medcall/service-kit';
import type { Speaker } from '@medcall/shared-types';
import type { AudioLog } from '../audio-log/audio-log.ts';
import { EchoGuard } from '../speech/echo/echo-guard.ts';
import type { EchoSearch } from '../speech/echo/echo-search.ts';
import type { RoomTrack } from '../speech/echo/room-sound.ts';
import type { RoomView } from './consultation-reader.ts';
import { LiveStream } from './live-stream.ts';
import type { RoomTranscript } from './room-transcript.ts';
import type { StreamRow } from './stream-rows.ts';
import type { TranscriberFactory } from './transcriber-factory.ts';
import type { UtterancePlace } from './utterance-place.ts';

export interface StreamOpenerParts {
  audioLog: AudioLog;
  transcribers: TranscriberFactory;
  echoSearch: EchoSearch;
  /** Nobody sets it: for lengths of time, never for dates. */
  monotonic: Clock;
  logger: Logger;
}

export interface StreamToOpen {
  row: StreamRow;
  speaker: Speaker;
  /** Where the others in the room hear it; none where all share one microphone. */
  track: RoomTrack | undefined;
  /** What sample 0 of the consultation's timeline is in the world's time. */
  timelineZeroAt: Date;
  /** No other stream of the room is open. */
  isFirst: boolean;
  onClose: () => void;
  /** Its log could not be read: it is closed. */
  onUnreadable: (stream: LiveStream) => void;
}

/** Makes a stream live: its log, its transcriber and where its texts go. */
export class StreamOpener {
  private readonly view: RoomView;
  private readonly parts: StreamOpenerParts;
  private readonly transcript: RoomTranscript;

  constructor(view: RoomView, parts: StreamOpenerParts, transcript: RoomTranscript) {
    this.view = view;
    this.parts = parts;
    this.transcript = transcript;
  }

  async open(wanted: StreamToOpen): Promise<LiveStream> {
    const { isFirst, onClose, row, speaker, track } = wanted;
    const log = await this.parts.audioLog.openOrCreate(
      {
        consultationId: row.consultationId,
        sub: row.sub,
        stream: row.stream,
        captureId: row.captureId,
        participantId: row.participantId,
        speaker,
        sampleRate: 16_000,
        originMs: row.originMs,
      },
      row,
    );
    // Another node may have heard more of these voices meanwhile, or the doctor enrolled the own one.
    if (isFirst) await this.transcript.load();
    const stream: LiveStream = new LiveStream({
      row,
      log,
      transcriber: this.transcriberOf(wanted),
      now: () => this.parts.monotonic.now(),
      track,
      onClose,
      onUnreadable: (error) => {
        this.parts.logger.error({ err: error, streamId: row.id }, 'audio log could not be read');
        stream.close();
        wanted.onUnreadable(stream);
      },
    });
    // In the background: whoever came back need not wait until all that was said has been read again.
    void stream.replay();
    return stream;
  }

  private transcriberOf({ row, speaker, timelineZeroAt, track }: StreamToOpen) {
    const { echoSearch, logger, transcribers } = this.parts;
    const { roomId } = this.view;
    const place: UtterancePlace = {
      roomId,
      participantId: row.participantId,
      speaker,
      streamId: row.id,
      fence: row.fence,
      originMs: row.originMs,
      timelineZeroAt,
    };
    const sharedMicrophone = this.transcript.microphoneOf(row);
    return transcribers({
      // With its origin: a stream that was discarded and begun again must not take old utterances for its own.
      streamKey: `${row.id}:${row.originMs}`,
      roomId,
      startSample: row.decodedSample,
      ...(sharedMicrophone ? { sharedMicrophone } : {}),
      echo: track && new EchoGuard(track, echoSearch),
      onEvent: (event) => this.transcript.publish(place, event),
      onError: (error) => {
        logger.error({ err: error, streamId: row.id }, 'transcriber failed');
      },
      onAidFailed: (aid, error) => this.transcript.aidFailed(row.id, aid, error),
    });
  }
}
