import type { LogRecord } from '../audio-log/record.ts';
import type { SampleClock } from '../audio-log/sample-clock.ts';

type OnSound = (pcm: Int16Array, positionSamples: number) => void;

/** Puts the records of one stream in order of `seq`, whichever comes first, and says where each stands. */
export class SoundInOrder {
  /** The number that is waited for. */
  next: number;
  private readonly clock: SampleClock;
  private readonly onSound: OnSound;
  /** Here, but an earlier number is not. */
  private readonly waiting: Map<number, LogRecord>;

  constructor(
    onSound: OnSound,
    from: { next: number; clock: SampleClock; waiting: ReadonlyMap<number, LogRecord> },
  ) {
    this.onSound = onSound;
    this.next = from.next;
    this.clock = from.clock;
    this.waiting = new Map(from.waiting);
  }

  /** The same place in the stream, gone on from separately. */
  fork(onSound: OnSound): SoundInOrder {
    const { clock, next, waiting } = this;
    return new SoundInOrder(onSound, { next, clock: clock.copy(), waiting });
  }

  /** Behind the last sound that was given, in samples of the stream. */
  get position(): number {
    return this.clock.position;
  }

  /** Gives it on, with whatever waited for it; what was given already is not given again. */
  take(record: LogRecord): void {
    if (record.seq < this.next) return;
    this.waiting.set(record.seq, record);
    for (let here = this.waiting.get(this.next); here; here = this.waiting.get(this.next)) {
      this.give(here);
    }
  }

  private give(record: LogRecord): void {
    this.waiting.delete(record.seq);
    if (record.type === 'gap') {
      this.clock.skip(record.toSeq - record.seq + 1);
      this.next = record.toSeq + 1;
      return;
    }
    this.next = record.seq + 1;
    const pcm = toSamples(record.pcm);
    this.onSound(pcm, this.clock.place(pcm.length, record.capturedAtMs));
  }
}

/** PCM16LE bytes as samples; copied, because the bytes may lie at an odd offset of a larger buffer. */
function toSamples(bytes: Uint8Array): Int16Array {
  const aligned = new Uint8Array(bytes.byteLength);
  aligned.set(bytes);
  return new Int16Array(aligned.buffer);
}
