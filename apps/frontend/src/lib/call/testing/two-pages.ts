import { PeerLink } from '../peer-link.ts';
import type { Signal } from '../signal.ts';
import { FakeNetwork, FakePeerConnection } from './fake-peer-connection.ts';
import { SimulatedTime } from './simulated-time.ts';

export type Side = 'doctor' | 'patient';

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a page needs of a media line; PeerLink, or another to compare with. */
export interface LinkUnderTest {
  receive(signal: Signal): unknown;
  rejoined(): void;
  rebuild(): void;
  setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>;
  close(): void;
}

export type MakeLink = (options: ConstructorParameters<typeof PeerLink>[0]) => LinkUnderTest;

interface Page {
  link: LinkUnderTest;
  connection: FakePeerConnection | null;
  /** Its line to the service: what was sent over an earlier one may still arrive, or never. */
  line: number;
  up: boolean;
}

const otherOf = { doctor: 'patient', patient: 'doctor' } as const;
export const trackOf = (kind: string) => ({ kind, id: kind }) as unknown as MediaStreamTrack;
const streamOf = (kinds: readonly string[]) => {
  const tracks = kinds.map(trackOf);
  return {
    getTracks: () => tracks,
    addTrack: () => undefined,
    removeTrack: () => undefined,
  } as unknown as MediaStream;
};

export interface TwoPagesOptions {
  seed: number;
  /** Longest time that a description takes on these machines. */
  slowMs: number;
  /** Longest way to the service or from it. */
  delayMs: number;
  makeLink?: MakeLink;
}

/** A doctor's and a patient's page with a line each to a service that relays signals, in simulated time. */
export class TwoPages {
  readonly time = new SimulatedTime();
  readonly #random: () => number;
  readonly #network: FakeNetwork;
  readonly #delayMs: number;
  readonly #makeLink: MakeLink;
  readonly #pages: Record<Side, Page | null> = { doctor: null, patient: null };
  #lines = 0;
  #ids = 0;
  /** Connections that were ever opened: a loop of new ones shows here. */
  opened = 0;
  /** What each page was last told of a line that does not come about. */
  readonly stalled: Record<Side, boolean> = { doctor: false, patient: false };

  constructor({ seed, slowMs, delayMs, makeLink }: TwoPagesOptions) {
    this.#random = randomFrom(seed);
    this.#delayMs = delayMs;
    this.#makeLink = makeLink ?? ((options) => new PeerLink(options));
    this.#network = new FakeNetwork({
      time: this.time,
      workMs: () => Math.floor(this.#random() * slowMs),
    });
  }

  /** Opens the page, again if it was open: what the old one was doing ends in mid-sentence. */
  load(side: Side, kinds: readonly string[] = ['audio', 'video']): void {
    this.#pages[side]?.link.close();
    const page: Page = {
      link: null as unknown as LinkUnderTest,
      connection: null,
      line: this.#lines++,
      up: true,
    };
    this.#pages[side] = page;
    page.link = this.#makeLink({
      polite: side === 'patient',
      iceServers: [],
      local: streamOf(kinds),
      send: (signal) => this.#send(side, page, signal),
      onRemote: () => undefined,
      onState: () => undefined,
      onDevices: () => undefined,
      onStalled: (stalled) => {
        if (this.#pages[side] === page) this.stalled[side] = stalled;
      },
      onStep: () => undefined,
      createStream: () => streamOf([]),
      createConnection: () => {
        this.opened += 1;
        const connection = new FakePeerConnection(this.#network);
        page.connection = connection;
        return connection as unknown as RTCPeerConnection;
      },
      later: this.time.later,
      newId: () => `id${this.#ids++}`,
    });
    this.#tellJoined(side);
  }

  /** The socket breaks and comes back after a while; what was on the way is lost. */
  dropLine(side: Side, forMs: number): void {
    const page = this.#pages[side];
    if (!page?.up) return;
    page.up = false;
    page.line = this.#lines++;
    this.time.later(() => {
      if (this.#pages[side] !== page) return;
      page.up = true;
      page.link.rejoined();
      this.#tellJoined(side);
    }, forMs);
  }

  link(side: Side): LinkUnderTest | null {
    return this.#pages[side]?.link ?? null;
  }

  connection(side: Side): FakePeerConnection | null {
    return this.#pages[side]?.connection ?? null;
  }

  /** Both are connected to each other and to nobody else, with nothing left to negotiate. */
  get together(): boolean {
    const [doctor, patient] = [this.connection('doctor'), this.connection('patient')];
    if (!doctor || !patient) return false;
    const settled = (one: FakePeerConnection) =>
      one.connectionState === 'connected' && one.signalingState === 'stable';
    return settled(doctor) && settled(patient) && this.#network.otherEnd(doctor) === patient;
  }

  /** The service tells the other side that this one is (again) in the room. */
  #tellJoined(side: Side): void {
    this.time.later(() => this.#pages[otherOf[side]]?.link.rejoined(), this.#way());
  }

  #send(side: Side, page: Page, signal: Signal): void {
    // As it goes over the wire: later changes of the objects do not go along.
    const copy = JSON.parse(JSON.stringify(signal)) as Signal;
    if (this.#pages[side] !== page || !page.up) return;
    const { line } = page;
    // The service looks up whom to send it to, each signal for itself: they may overtake each other.
    this.time.later(() => {
      const arrives = this.#pages[side] !== page || page.line === line;
      if (arrives) this.time.later(() => this.#relay(side, copy), this.#way());
    }, this.#way());
  }

  #relay(from: Side, signal: Signal): void {
    const target = this.#pages[otherOf[from]];
    if (!target?.up) return;
    const { line } = target;
    this.time.later(() => {
      const alive = this.#pages[otherOf[from]] === target && target.up && target.line === line;
      if (alive) void target.link.receive(signal);
    }, this.#way());
  }

  #way(): number {
    return Math.floor(this.#random() * this.#delayMs);
  }
}
