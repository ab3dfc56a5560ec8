import { Negotiation, type NegotiationSignal } from './negotiation.ts';
import { type PeerDevices, readDevices } from './peer-devices.ts';
import type { Signal } from './signal.ts';

export type TrackKind = 'audio' | 'video';

/** What happened to a media line, for the log: states and steps, never addresses. */
export interface LinkStep {
  what: 'connection' | 'ice' | 'gathering' | 'signaling' | 'step' | 'sent' | 'received' | 'trouble';
  value: string;
}

export interface LineAttemptOptions {
  polite: boolean;
  iceServers: RTCIceServer[];
  local: MediaStream;
  tracks: ReadonlyMap<TrackKind, MediaStreamTrack>;
  /** Which of my devices are on; asked when the other side can be told. */
  devices: () => PeerDevices;
  send: (signal: NegotiationSignal) => void;
  onRemote: (stream: MediaStream) => void;
  onDevices: (devices: PeerDevices) => void;
  /** A state of the connection is another one. */
  onChange: (what: LinkStep['what'], state: string) => void;
  onState: (state: RTCPeerConnectionState) => void;
  onTrouble: (what: string) => void;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  createStream: () => MediaStream;
}

/** One connection of a link, from its opening to its end. Nothing is heard of it after that. */
export class LineAttempt {
  readonly #negotiation: Negotiation;
  readonly #options: LineAttemptOptions;
  readonly #connection: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  #closed = false;

  constructor(options: LineAttemptOptions) {
    this.#options = options;
    this.#connection = options.createConnection({ iceServers: options.iceServers });
    this.#negotiation = new Negotiation({
      connection: this.#connection,
      polite: options.polite,
      send: (signal) => {
        if (!this.#closed) options.send(signal);
      },
      onTrouble: (what, cause) => {
        options.onTrouble(`${what}: ${cause instanceof Error ? cause.name : 'unknown'}`);
      },
    });
    this.#channel = this.#openChannel();
    this.#hearRemote();
    this.#watchStates();
    for (const track of options.tracks.values()) this.#connection.addTrack(track, options.local);
  }

  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** Nothing of the negotiation is on its way. */
  get isSettled(): boolean {
    return this.#connection.signalingState === 'stable';
  }

  get isBroken(): boolean {
    return ['failed', 'disconnected'].includes(this.#connection.connectionState);
  }

  receive(signal: Signal): Promise<void> {
    return this.#negotiation.receive(signal);
  }

  /** Sends again what the other side may not have got. */
  resend(): void {
    this.#negotiation.resend();
  }

  /** Looks for another way between the two, on the same connection. */
  restart(): void {
    this.#connection.restartIce();
  }

  setIceServers(iceServers: RTCIceServer[]): void {
    this.#connection.setConfiguration({ iceServers });
  }

  /** Another picture or voice in the place of the present one; null sends none. */
  async setTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    const sending = this.#connection
      .getTransceivers()
      .find(
        ({ receiver, direction }) =>
          receiver.track.kind === kind && (direction === 'sendrecv' || direction === 'sendonly'),
      );
    if (sending) await sending.sender.replaceTrack(track);
    else if (track) this.#connection.addTrack(track, this.#options.local);
  }

  sendDevices(): void {
    if (this.#channel.readyState !== 'open') return;
    this.#channel.send(JSON.stringify(this.#options.devices()));
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    this.#closed = true;
    this.#negotiation.close();
  }

  #hearRemote(): void {
    const remote = this.#options.createStream();
    this.#connection.ontrack = ({ track }) => {
      for (const known of remote.getTracks()) {
        if (known.kind === track.kind) remote.removeTrack(known);
      }
      remote.addTrack(track);
      if (!this.#closed) this.#options.onRemote(remote);
    };
  }

  #watchStates(): void {
    const connection = this.#connection;
    const follow = (what: LinkStep['what'], state: () => string) => () => {
      if (!this.#closed) this.#options.onChange(what, state());
    };
    connection.oniceconnectionstatechange = follow('ice', () => connection.iceConnectionState);
    connection.onicegatheringstatechange = follow('gathering', () => connection.iceGatheringState);
    connection.onsignalingstatechange = follow('signaling', () => connection.signalingState);
    const onConnection = follow('connection', () => connection.connectionState);
    connection.onconnectionstatechange = () => {
      onConnection();
      if (!this.#closed) this.#options.onState(connection.connectionState);
    };
  }

  #openChannel(): RTCDataChannel {
    const channel = this.#connection.createDataChannel('devices', { negotiated: true, id: 0 });
    channel.onopen = () => this.sendDevices();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const devices = readDevices(data);
      if (devices) this.#options.onDevices(devices);
    };
    return channel;
  }
}
