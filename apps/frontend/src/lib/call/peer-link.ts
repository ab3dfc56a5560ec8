import { LineAttempt, type LinkStep, type TrackKind } from './line-attempt.ts';
import type { NegotiationSignal } from './negotiation.ts';
import { CallFollower, CallOwner, contentOf, unpaired } from './pairing.ts';
import { type Later, later, Patience } from './patience.ts';
import type { PeerDevices } from './peer-devices.ts';
import type { Signal } from './signal.ts';

export interface PeerLinkOptions {
  /** Gives way when both offer at once, and follows the calls that the other side names. */
  polite: boolean;
  iceServers: RTCIceServer[];
  local: MediaStream;
  send: (signal: Signal) => void;
  onRemote: (stream: MediaStream) => void;
  onState: (state: RTCPeerConnectionState) => void;
  onDevices: (devices: PeerDevices) => void;
  /** True after a while without a media line, false when there is one. */
  onStalled: (stalled: boolean) => void;
  onStep: (step: LinkStep) => void;
  /** For tests. */
  createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  createStream?: () => MediaStream;
  later?: Later;
  newId?: () => string;
}

/** After this long without a picture a person is offered to try again. */
export const stalledAfterMs = 20_000;
/** Unsuccessful waits after which a connection is given up for another; the owner goes first. */
const givesUpAfter = { owner: 2, follower: 3 } as const;

/**
 * The media line to one other person, whatever becomes of signals and pages: `pairing.ts` says which
 * connections belong together, `negotiation.ts` brings one of them up, patience helps what is stuck.
 */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #tracks: Map<TrackKind, MediaStreamTrack>;
  readonly #side: CallOwner | CallFollower;
  readonly #patience: Patience;
  readonly #later: Later;
  #iceServers: RTCIceServer[];
  #attempt: LineAttempt | null = null;
  #devices: PeerDevices = { microphone: true, camera: true };
  /** Candidates of calls whose offer has not come yet. */
  #kept: Signal[] = [];
  #cancelStall: (() => void) | null = null;
  #closed = false;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#iceServers = options.iceServers;
    this.#later = options.later ?? later;
    const newId = options.newId ?? (() => crypto.randomUUID());
    this.#tracks = new Map(
      options.local.getTracks().map((track) => [track.kind === 'audio' ? 'audio' : 'video', track]),
    );
    this.#side = options.polite ? new CallFollower(newId) : new CallOwner(newId);
    this.#patience = new Patience({
      later: this.#later,
      onEnd: (attempt) => this.#help(attempt),
    });
    this.#unsettled();
    if (this.#side instanceof CallOwner) this.#open();
    else this.#greet();
  }

  /** Takes a signal of the other side. */
  async receive(signal: Signal): Promise<void> {
    if (this.#closed) return;
    const content = contentOf(signal);
    if (content !== 'candidate') this.#step('received', content);
    switch (this.#side.judge({ pairing: signal.pairing, content })) {
      case 'use':
        if (content === 'greeting') {
          this.#attempt?.resend();
          return;
        }
        this.#patience.progress();
        await this.#attempt?.receive(signal);
        return;
      case 'resend':
        this.#attempt?.resend();
        return;
      case 'renew':
        this.#step('step', 'the other page is a new one');
        this.#renew();
        return;
      case 'adopt':
        await this.#follow(signal);
        return;
      case 'keep':
        this.#kept = [...this.#kept, signal].slice(-60);
        return;
      case 'greet':
        this.#greet();
        return;
      case 'ignore':
        return;
    }
  }

  /** Sends another picture (screen or camera) or voice in the place of the present one; null sends none. */
  async setTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(kind, track);
    else this.#tracks.delete(kind);
    if (!this.#closed) await this.#attempt?.setTrack(kind, track);
  }

  /** Relays with fresh credentials, for the next connection and the next ICE restart. */
  setIceServers(iceServers: RTCIceServer[]): void {
    this.#iceServers = iceServers;
    this.#attempt?.setIceServers(iceServers);
  }

  /** Tells the other side which of my devices are on. */
  setDevices(devices: PeerDevices): void {
    this.#devices = devices;
    this.#attempt?.sendDevices();
  }

  /** The line of signals is up again, mine or the other's: what was sent meanwhile may be lost. */
  rejoined(): void {
    if (this.#closed) return;
    this.#patience.fresh();
    this.#sendAgain();
  }

  /** Begins from nothing, at both ends. */
  rebuild(): void {
    if (this.#closed) return;
    this.#step('step', 'from the beginning');
    this.#cancelStall?.();
    this.#cancelStall = null;
    this.#options.onStalled(false);
    this.#patience.fresh();
    this.#renew();
  }

  /** Counters of the media line. */
  stats(): Promise<RTCStatsReport> | null {
    return this.#attempt?.stats() ?? null;
  }

  close(): void {
    this.#closed = true;
    this.#patience.end();
    this.#cancelStall?.();
    this.#attempt?.close();
  }

  #renew(): void {
    this.#side.renew();
    this.#drop();
    if (this.#side instanceof CallOwner) this.#open();
    else this.#greet();
  }

  #drop(): void {
    this.#attempt?.close();
    this.#attempt = null;
    this.#options.onState('new');
    this.#unsettled();
  }

  async #follow(offer: Signal): Promise<void> {
    if (!(this.#side instanceof CallFollower)) return;
    const { call } = offer.pairing ?? unpaired;
    if (call === null) return;
    this.#step('step', 'follows a call');
    this.#drop();
    this.#side.adopt(call);
    const attempt = this.#open();
    const kept = this.#kept.filter(({ pairing }) => (pairing ?? unpaired).call === call);
    this.#kept = [];
    const taken = attempt.receive(offer);
    for (const signal of kept) void attempt.receive(signal);
    await taken;
  }

  #open(): LineAttempt {
    const { createConnection, createStream, local, onDevices, onRemote, onState, polite } =
      this.#options;
    this.#attempt = new LineAttempt({
      polite,
      local,
      iceServers: this.#iceServers,
      tracks: this.#tracks,
      devices: () => this.#devices,
      send: (signal) => this.#send(signal),
      onRemote,
      onDevices,
      onState,
      onChange: (what, state) => {
        this.#step(what, state);
        this.#patience.progress();
        this.#settle();
      },
      onTrouble: (what) => this.#step('trouble', what),
      createConnection:
        createConnection ?? ((configuration) => new RTCPeerConnection(configuration)),
      createStream: createStream ?? (() => new MediaStream()),
    });
    return this.#attempt;
  }

  #settle(): void {
    if (!this.#attempt?.isConnected) {
      this.#unsettled();
      return;
    }
    this.#cancelStall?.();
    this.#cancelStall = null;
    this.#options.onStalled(false);
    if (this.#attempt.isSettled) this.#patience.end();
    else this.#patience.begin();
  }

  #unsettled(): void {
    this.#patience.begin();
    this.#cancelStall ??= this.#later(() => this.#options.onStalled(true), stalledAfterMs);
  }

  /** A wait was in vain. */
  #help(attempt: number): void {
    const isOwner = this.#side instanceof CallOwner;
    if (attempt > givesUpAfter[isOwner ? 'owner' : 'follower']) {
      this.#step('step', `gives up connection after wait ${attempt}`);
      this.#renew();
      return;
    }
    this.#step('step', `sends again after wait ${attempt}`);
    if (this.#attempt?.isBroken && (isOwner || attempt > 1)) this.#attempt.restart();
    this.#sendAgain();
  }

  #sendAgain(): void {
    this.#attempt?.resend();
    if (!this.#attempt?.isConnected && this.#side instanceof CallFollower) this.#greet();
  }

  #greet(): void {
    this.#send({});
  }

  #send({ description, candidate, round, after }: NegotiationSignal): void {
    if (description) this.#step('sent', description.type);
    this.#options.send({
      ...(description ? { description } : {}),
      ...(candidate ? { candidate } : {}),
      pairing: {
        ...this.#side.label,
        ...(round === undefined ? {} : { round }),
        ...(after === undefined ? {} : { after }),
      },
    });
  }

  #step(what: LinkStep['what'], value: string): void {
    this.#options.onStep({ what, value });
  }
}
