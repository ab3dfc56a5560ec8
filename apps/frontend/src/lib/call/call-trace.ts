import type { LinkStep } from './line-attempt.ts';
import { type Later, later } from './patience.ts';

export interface TraceEntry {
  /** Since the page was opened. */
  atMs: number;
  peer: string;
  what: LinkStep['what'] | 'devices';
  value: string;
}

export interface CallTraceOptions {
  /** Writes a batch to the service's log; refusals and a broken line throw. */
  send: (entries: TraceEntry[]) => Promise<unknown>;
  nowMs?: () => number;
  later?: Later;
}

const gatherMs = 3_000;
/** As the service takes them. */
const batch = 100;
/** Older entries are dropped when the line stays down: the newest tell how it stands. */
const most = 300;

/**
 * What the media lines of this page went through, for the service's log: so that a call without a picture
 * can be understood afterwards. States and steps only; candidates and descriptions hold addresses.
 */
export class CallTrace {
  readonly #send: CallTraceOptions['send'];
  readonly #nowMs: () => number;
  readonly #later: Later;
  #entries: TraceEntry[] = [];
  #cancel: (() => void) | null = null;
  #closed = false;

  constructor(options: CallTraceOptions) {
    this.#send = options.send;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#later = options.later ?? later;
  }

  add(peer: string, { what, value }: { what: TraceEntry['what']; value: string }): void {
    if (this.#closed) return;
    const entry = { atMs: Math.round(this.#nowMs()), peer, what, value: value.slice(0, 80) };
    console.debug('[call]', entry);
    this.#entries = [...this.#entries, entry].slice(-most);
    this.#cancel ??= this.#later(() => void this.#flush(), gatherMs);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  async #flush(): Promise<void> {
    const sent = this.#entries.slice(0, batch);
    this.#entries = this.#entries.slice(batch);
    try {
      await this.#send(sent);
    } catch {
      this.#entries = [...sent, ...this.#entries].slice(-most);
    }
    const left = this.#entries.length > 0 && !this.#closed;
    this.#cancel = left ? this.#later(() => void this.#flush(), gatherMs) : null;
  }
}
