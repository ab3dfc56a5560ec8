import { Negotiation, type NegotiationSignal } from './negotiation.ts';
import { CallFollower, CallOwner, contentOf, unpaired } from './pairing.ts';
import { type Later, later, Patience } from './patience.ts';
import { type PeerDevices, readDevices } from './peer-devices.ts';
import type { Signal } from './signal.ts';

export type TrackKind = 'audio' | 'video';

/** What happened to a media line, for the log: states and steps, never addresses. */
export interface LinkStep {
  what: 'connection' | 'ice' | 'gathering' | 'signaling' | 'step' | 'sent' | 'received' | 'trouble';
  value: string;
}

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

/** One connection of the link, from its opening to its end. */
interface Attempt {
  connection: RTCPeerConnection;
  negotiation: Negotiation;
  channel: RTCDataChannel;
}

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
  #attempt: Attempt | null = null;
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
          this.#attempt?.negotiation.resend();
          return;
        }
        this.#patience.progress();
        await this.#attempt?.negotiation.receive(signal);
        return;
      case 'resend':
        this.#attempt?.negotiation.resend();
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
    const connection = this.#attempt?.connection;
    if (!connection || this.#closed) return;
    const sending = connection
      .getTransceivers()
      .find(
        ({ receiver, direction }) =>
          receiver.track.kind === kind && (direction === 'sendrecv' || direction === 'sendonly'),
      );
    if (sending) await sending.sender.replaceTrack(track);
    else if (track) connection.addTrack(track, this.#options.local);
  }

  /** Relays with fresh credentials, for the next connection and the next ICE restart. */
  setIceServers(iceServers: RTCIceServer[]): void {
    this.#iceServers = iceServers;
    this.#attempt?.connection.setConfiguration({ iceServers });
  }

  /** Tells the other side which of my devices are on. */
  setDevices(devices: PeerDevices): void {
    this.#devices = devices;
    this.#sendDevices();
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
    return this.#attempt?.connection.getStats() ?? null;
  }

  close(): void {
    this.#closed = true;
    this.#patience.end();
    this.#cancelStall?.();
    this.#attempt?.negotiation.close();
  }

  #renew(): void {
    this.#side.renew();
    this.#drop();
    if (this.#side instanceof CallOwner) this.#open();
    else this.#greet();
  }

  #drop(): void {
    this.#attempt?.negotiation.close();
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
    const { negotiation } = this.#open();
    const kept = this.#kept.filter(({ pairing }) => (pairing ?? unpaired).call === call);
    this.#kept = [];
    const taken = negotiation.receive(offer);
    for (const signal of kept) void negotiation.receive(signal);
    await taken;
  }

  #open(): Attempt {
    const { local, polite } = this.#options;
    const create =
      this.#options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration));
    const connection = create({ iceServers: this.#iceServers });
    const negotiation = new Negotiation({
      connection,
      polite,
      send: (signal) => {
        if (this.#attempt?.connection === connection) this.#send(signal);
      },
      onTrouble: (what, cause) => {
        this.#step('trouble', `${what}: ${cause instanceof Error ? cause.name : 'unknown'}`);
      },
    });
    const attempt = { connection, negotiation, channel: this.#openChannel(connection) };
    this.#attempt = attempt;
    this.#watch(attempt);
    for (const track of this.#tracks.values()) connection.addTrack(track, local);
    return attempt;
  }

  #watch({ connection }: Attempt): void {
    const isCurrent = () => !this.#closed && this.#attempt?.connection === connection;
    const remote = this.#options.createStream?.() ?? new MediaStream();
    connection.ontrack = ({ track }) => {
      for (const known of remote.getTracks()) {
        if (known.kind === track.kind) remote.removeTrack(known);
      }
      remote.addTrack(track);
      if (isCurrent()) this.#options.onRemote(remote);
    };
    const follow = (what: LinkStep['what'], state: () => string) => () => {
      if (!isCurrent()) return;
      this.#step(what, state());
      this.#patience.progress();
      this.#settle();
    };
    connection.oniceconnectionstatechange = follow('ice', () => connection.iceConnectionState);
    connection.onicegatheringstatechange = follow('gathering', () => connection.iceGatheringState);
    connection.onsignalingstatechange = follow('signaling', () => connection.signalingState);
    const onConnection = follow('connection', () => connection.connectionState);
    connection.onconnectionstatechange = () => {
      onConnection();
      if (isCurrent()) this.#options.onState(connection.connectionState);
    };
  }

  #openChannel(connection: RTCPeerConnection): RTCDataChannel {
    const channel = connection.createDataChannel('devices', { negotiated: true, id: 0 });
    channel.onopen = () => this.#sendDevices();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const devices = readDevices(data);
      if (devices) this.#options.onDevices(devices);
    };
    return channel;
  }

  #sendDevices(): void {
    const channel = this.#attempt?.channel;
    if (channel?.readyState === 'open') channel.send(JSON.stringify(this.#devices));
  }

  #settle(): void {
    const connection = this.#attempt?.connection;
    if (connection?.connectionState !== 'connected') {
      this.#unsettled();
      return;
    }
    this.#cancelStall?.();
    this.#cancelStall = null;
    this.#options.onStalled(false);
    if (connection.signalingState === 'stable') this.#patience.end();
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
    const connection = this.#attempt?.connection;
    const broken = connection && ['failed', 'disconnected'].includes(connection.connectionState);
    if (broken && (isOwner || attempt > 1)) connection.restartIce();
    this.#sendAgain();
  }

  #sendAgain(): void {
    this.#attempt?.negotiation.resend();
    const connected = this.#attempt?.connection.connectionState === 'connected';
    if (!connected && this.#side instanceof CallFollower) this.#greet();
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
