import type { SimulatedTime } from './simulated-time.ts';

type Description = { type: 'offer' | 'answer'; sdp: string };
type Transceiver = {
  kind: string;
  sender: { track: unknown; replaceTrack: (track: unknown) => Promise<void> };
  receiver: { track: { kind: string } };
  direction: 'sendrecv' | 'recvonly';
  negotiated: boolean;
};

export interface FakeNetworkOptions {
  time: SimulatedTime;
  /** How long a description takes to be made or applied: a slow machine needs seconds. */
  workMs: () => number;
}

/** How long two sides look for each other before ICE gives up (browsers: 15 to 30 s). */
const iceFailsAfterMs = 20_000;
const candidatesEach = 3;

/** Finds out which connections reach each other, as ICE would: by names of generations and candidates. */
export class FakeNetwork {
  readonly options: FakeNetworkOptions;
  readonly connections = new Set<FakePeerConnection>();
  #names = 0;

  constructor(options: FakeNetworkOptions) {
    this.options = options;
  }

  name(): string {
    this.#names += 1;
    return `u${this.#names}`;
  }

  /** The open connection at the other end, when both know each other's generation and candidates. */
  otherEnd(one: FakePeerConnection): FakePeerConnection | null {
    for (const other of this.connections) {
      if (other !== one && knows(one, other) && knows(other, one)) return other;
    }
    return null;
  }

  settle(): void {
    for (const connection of this.connections) connection.look(this.otherEnd(connection));
  }
}

function knows(one: FakePeerConnection, other: FakePeerConnection): boolean {
  const { currentLocal, currentRemote } = one.agreed;
  return (
    currentLocal !== null &&
    currentRemote !== null &&
    currentRemote === other.agreed.currentLocal &&
    one.knowsCandidateOf(currentRemote)
  );
}

/**
 * RTCPeerConnection as far as PeerLink uses it: the state machine of signalling with its operations
 * chain, implicit rollback, negotiation-needed and ICE restarts (W3C WebRTC §4.4 and §4.7), and instead of
 * packets a registry that says who would reach whom. An SDP holds the ICE name and the kinds of media.
 */
export class FakePeerConnection {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  onicegatheringstatechange: (() => void) | null = null;
  onsignalingstatechange: (() => void) | null = null;

  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState = 'new';
  iceGatheringState = 'new';

  readonly #network: FakeNetwork;
  readonly #time: SimulatedTime;
  readonly #transceivers: Transceiver[] = [];
  #currentLocal: Description | null = null;
  #currentRemote: Description | null = null;
  #pendingLocal: Description | null = null;
  #pendingRemote: Description | null = null;
  /** Candidates of the other side by the ICE name they belong to. */
  readonly #remoteCandidates = new Set<string>();
  #chain: Promise<unknown> = Promise.resolve();
  #chainLength = 0;
  readonly #session: string;
  #restart = false;
  #needed = false;
  #closed = false;
  #channel = false;
  #cancelFailure: (() => void) | null = null;

  constructor(network: FakeNetwork) {
    this.#network = network;
    this.#time = network.options.time;
    this.#session = network.name();
    network.connections.add(this);
  }

  get localDescription(): Description | null {
    return this.#pendingLocal ?? this.#currentLocal;
  }

  get agreed() {
    return {
      currentLocal: this.#currentLocal ? iceOf(this.#currentLocal) : null,
      currentRemote: this.#currentRemote ? iceOf(this.#currentRemote) : null,
    };
  }

  knowsCandidateOf(ice: string): boolean {
    return this.#remoteCandidates.has(ice);
  }

  /** Kinds that the last agreement covers. */
  get agreedKinds(): string[] {
    return this.#currentLocal ? kindsOf(this.#currentLocal) : [];
  }

  addTrack(track: { kind: string }): void {
    const free = this.#transceivers.find(
      (one) => one.kind === track.kind && one.sender.track === null,
    );
    if (free) {
      free.sender.track = track;
      free.direction = 'sendrecv';
      free.negotiated = false;
    } else {
      this.#transceivers.push(transceiver(track.kind, track));
    }
    this.#checkNeeded();
  }

  getTransceivers(): Transceiver[] {
    return this.#transceivers;
  }

  createDataChannel() {
    this.#channel = true;
    this.#checkNeeded();
    return { readyState: 'connecting', send: () => undefined };
  }

  restartIce(): void {
    if (this.#closed) return;
    this.#restart = true;
    this.#checkNeeded();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    this.#cancelFailure?.();
    this.#network.connections.delete(this);
    this.#network.settle();
  }

  setLocalDescription(): Promise<void> {
    return this.#operate(() => {
      if (this.signalingState === 'stable' || this.signalingState === 'have-local-offer') {
        const ice =
          this.#restart || !this.#currentLocal ? this.#network.name() : iceOf(this.#currentLocal);
        this.#pendingLocal = this.#describe('offer', ice);
        this.#signal('have-local-offer');
        this.#gather(ice);
      } else {
        const offered = this.#pendingRemote;
        const before = this.#currentRemote;
        const fresh =
          !this.#currentLocal || !offered || !before || iceOf(before) !== iceOf(offered);
        const ice = fresh ? this.#network.name() : iceOf(this.#currentLocal as Description);
        this.#currentLocal = this.#describe('answer', ice);
        this.#currentRemote = offered;
        this.#pendingRemote = null;
        this.#agree();
        this.#gather(ice);
      }
    });
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const given = description as Description;
    return this.#operate(() => {
      if (given.type === 'answer') {
        if (this.signalingState !== 'have-local-offer') throw invalidState();
        this.#currentLocal = this.#pendingLocal;
        this.#pendingLocal = null;
        this.#currentRemote = given;
        this.#restart = false;
        this.#agree();
        return;
      }
      if (this.signalingState === 'have-local-offer') {
        // Implicit rollback; what was to be negotiated is still to be.
        this.#pendingLocal = null;
      }
      this.#pendingRemote = given;
      for (const kind of kindsOf(given)) {
        if (!this.#transceivers.some((one) => one.kind === kind)) {
          this.#transceivers.push(transceiver(kind, null));
        }
      }
      this.#signal('have-remote-offer');
    });
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    return this.#operate(() => {
      const remote = this.#pendingRemote ?? this.#currentRemote;
      if (!remote) throw invalidState();
      const ice = candidate.usernameFragment ?? '';
      if (ice !== iceOf(remote) && ice !== (this.#currentRemote && iceOf(this.#currentRemote))) {
        throw new Error('OperationError');
      }
      this.#remoteCandidates.add(ice);
      this.#network.settle();
    }, 0);
  }

  /** Told by the network who is at the other end now. */
  look(other: FakePeerConnection | null): void {
    if (this.#closed) return;
    if (other) {
      this.#cancelFailure?.();
      this.#cancelFailure = null;
      this.#connection('connected');
    } else if (this.connectionState === 'connected') {
      this.#cancelFailure = this.#time.later(() => this.#lost('disconnected'), 5_000);
      this.connectionState = 'connecting';
    }
  }

  #lost(state: 'disconnected' | 'failed'): void {
    if (this.#closed) return;
    this.#connection(state);
    this.#cancelFailure =
      state === 'failed' ? null : this.#time.later(() => this.#lost('failed'), iceFailsAfterMs);
  }

  #agree(): void {
    const kinds = this.agreedKinds;
    for (const one of this.#transceivers) one.negotiated = kinds.includes(one.kind);
    // What was added while the answer was on its way is not in it.
    if (this.#cancelFailure === null && this.connectionState !== 'connected') {
      this.#connection('connecting');
      this.#cancelFailure = this.#time.later(() => this.#lost('failed'), iceFailsAfterMs);
    }
    this.#signal('stable');
    this.#takeCandidatesOfDescription();
    this.#network.settle();
    this.#needed = false;
    this.#checkNeeded();
  }

  /** A description holds what was gathered when it was read. */
  #takeCandidatesOfDescription(): void {
    const remote = this.#currentRemote;
    if (remote?.sdp.includes('a=candidate')) this.#remoteCandidates.add(iceOf(remote));
  }

  #describe(type: Description['type'], ice: string): Description {
    const kinds = this.#transceivers.map(({ kind }) => kind);
    return { type, sdp: `o=- ${this.#session} 1\n${sdpOf(ice, kinds, this.#channel)}` };
  }

  #gather(ice: string): void {
    for (let k = 1; k <= candidatesEach; k++) {
      this.#time.later(() => {
        if (this.#closed) return;
        for (const description of [this.#pendingLocal, this.#currentLocal]) {
          if (description && iceOf(description) === ice && !description.sdp.includes('candidate')) {
            description.sdp += 'a=candidate:1\n';
          }
        }
        const candidate = { candidate: `candidate:${k}`, usernameFragment: ice, sdpMid: '0' };
        this.onicecandidate?.({ candidate: { ...candidate, toJSON: () => candidate } });
      }, 20 * k);
    }
  }

  /** The operations chain (W3C WebRTC §4.4.1.2): one after the other; nothing settles once closed. */
  #operate(work: () => void, takesMs = this.#network.options.workMs()): Promise<void> {
    if (this.#closed) return Promise.reject(invalidState());
    this.#chainLength += 1;
    return new Promise<void>((resolve, reject) => {
      this.#chain = this.#chain.then(async () => {
        await this.#time.pass(takesMs);
        if (this.#closed) return;
        try {
          work();
          resolve();
        } catch (error) {
          reject(error);
        }
        this.#chainLength -= 1;
        if (this.#chainLength === 0) this.#checkNeeded();
      });
    });
  }

  #checkNeeded(): void {
    if (this.#closed || this.#chainLength > 0 || this.signalingState !== 'stable') return;
    if (this.#needed || !this.#isNeeded()) return;
    this.#needed = true;
    this.#time.later(() => {
      this.#needed = false;
      if (this.#closed || this.#chainLength > 0 || this.signalingState !== 'stable') return;
      if (this.#isNeeded()) this.onnegotiationneeded?.();
    }, 0);
  }

  #isNeeded(): boolean {
    const sends = this.#transceivers.some(({ negotiated }) => !negotiated);
    return this.#restart || sends || (this.#channel && !this.#currentLocal);
  }

  #signal(state: RTCSignalingState): void {
    if (this.signalingState === state) return;
    this.signalingState = state;
    this.onsignalingstatechange?.();
  }

  #connection(state: RTCPeerConnectionState): void {
    if (this.connectionState === state) return;
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

function transceiver(kind: string, track: unknown): Transceiver {
  const made: Transceiver = {
    kind,
    sender: {
      track,
      replaceTrack: async (next) => {
        made.sender.track = next;
      },
    },
    receiver: { track: { kind } },
    direction: track ? 'sendrecv' : 'recvonly',
    // One that an offer brings is settled with its answer.
    negotiated: track === null,
  };
  return made;
}

function sdpOf(ice: string, kinds: readonly string[], channel: boolean): string {
  const media = [...kinds, ...(channel ? ['application'] : [])].map((kind) => `m=${kind}\n`);
  return `a=ice-ufrag:${ice}\n${media.join('')}`;
}

const iceOf = ({ sdp }: Description): string => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '';
const kindsOf = ({ sdp }: Description): string[] =>
  [...sdp.matchAll(/^m=(audio|video)/gm)].map((match) => match[1] ?? '');

const invalidState = () => new Error('InvalidStateError');
