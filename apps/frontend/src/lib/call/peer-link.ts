import { z } from 'zod';

/** What travels over `webrtc-signal`. */
export interface Signal {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit | null;
}

export type TrackKind = 'audio' | 'video';

/** A handful a network card: more is noise. */
const maxEarlyCandidates = 40;

/** What a person has switched on, so that a black picture can be told from a switched-off camera. */
const peerDevices = z.object({ microphone: z.boolean(), camera: z.boolean() });
export type PeerDevices = z.infer<typeof peerDevices>;

export interface PeerLinkOptions {
  /** The polite side gives way when both offer at once (perfect negotiation, W3C WebRTC §10.7). */
  polite: boolean;
  iceServers: RTCIceServer[];
  local: MediaStream;
  send: (signal: Signal) => void;
  onRemote: (stream: MediaStream) => void;
  onState: (state: RTCPeerConnectionState) => void;
  onDevices: (devices: PeerDevices) => void;
  /** For tests. */
  createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/**
 * The media line to one other person. A peer that comes back with a new page has a new session id in
 * its descriptions (the `o=` line of SDP, RFC 8866 §5.2): then our side starts anew as well.
 */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #tracks: Map<TrackKind, MediaStreamTrack>;
  #connection: RTCPeerConnection;
  #channel: RTCDataChannel | null = null;
  #devices: PeerDevices = { microphone: true, camera: true };
  #makingOffer = false;
  #remoteSession: string | null = null;
  /** Candidates that came before the description they belong to. */
  #early: RTCIceCandidateInit[] = [];
  #closed = false;
  #chain: Promise<void> = Promise.resolve();

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#tracks = new Map(
      options.local.getTracks().map((track) => [track.kind === 'audio' ? 'audio' : 'video', track]),
    );
    this.#connection = this.#open();
  }

  /** Signals are handled one after the other. */
  receive(signal: Signal): Promise<void> {
    this.#chain = this.#chain
      .then(() => this.#handle(signal))
      .catch((cause: unknown) => {
        console.warn('[call] a signal could not be used', cause);
      });
    return this.#chain;
  }

  /** Sends another picture (screen or camera) or voice in the place of the present one; null sends none. */
  async setTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(kind, track);
    else this.#tracks.delete(kind);
    const sending = this.#connection
      .getTransceivers()
      .find(
        ({ receiver, direction }) =>
          receiver.track.kind === kind && (direction === 'sendrecv' || direction === 'sendonly'),
      );
    if (sending) await sending.sender.replaceTrack(track);
    else if (track) this.#connection.addTrack(track, this.#options.local);
  }

  /** Tells the other side which of my devices are on. */
  setDevices(devices: PeerDevices): void {
    this.#devices = devices;
    this.#sendDevices();
  }

  /** Offers and candidates may be lost (the line was down, or nothing has come of them): begin again. */
  tryAgain(): void {
    const { connectionState, signalingState, localDescription } = this.#connection;
    if (this.#closed || connectionState === 'connected') return;
    if (signalingState === 'have-local-offer' && localDescription) {
      this.#options.send({ description: localDescription });
    } else {
      this.#connection.restartIce();
    }
  }

  /** Counters of the media line. */
  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    this.#closed = true;
    this.#connection.close();
  }

  #open(): RTCPeerConnection {
    const { iceServers, local, send, onRemote, onState } = this.#options;
    const create =
      this.#options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration));
    const connection = create({ iceServers });
    const remote = new MediaStream();
    connection.onnegotiationneeded = () => void this.#offer(connection);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate && connection === this.#connection) send({ candidate: candidate.toJSON() });
    };
    connection.ontrack = ({ track }) => {
      for (const known of remote.getTracks()) {
        if (known.kind === track.kind) remote.removeTrack(known);
      }
      remote.addTrack(track);
      onRemote(remote);
    };
    connection.onconnectionstatechange = () => {
      if (this.#closed || connection !== this.#connection) return;
      onState(connection.connectionState);
      if (connection.connectionState === 'failed') connection.restartIce();
    };
    this.#channel = this.#openChannel(connection);
    for (const track of this.#tracks.values()) connection.addTrack(track, local);
    return connection;
  }

  #openChannel(connection: RTCPeerConnection): RTCDataChannel {
    const channel = connection.createDataChannel('devices', { negotiated: true, id: 0 });
    channel.onopen = () => this.#sendDevices();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const parsed = peerDevices.safeParse(typeof data === 'string' ? safeJson(data) : null);
      if (parsed.success) this.#options.onDevices(parsed.data);
    };
    return channel;
  }

  #sendDevices(): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(this.#devices));
  }

  #startAnew(): void {
    this.#connection.close();
    this.#makingOffer = false;
    this.#connection = this.#open();
    this.#options.onState('new');
  }

  async #offer(connection: RTCPeerConnection): Promise<void> {
    if (connection !== this.#connection || this.#closed) return;
    try {
      this.#makingOffer = true;
      await connection.setLocalDescription();
      if (connection !== this.#connection || this.#closed) return;
      if (connection.localDescription) {
        this.#options.send({ description: connection.localDescription });
      }
    } catch (cause) {
      if (!this.#closed) console.warn('[call] no offer could be made', cause);
    } finally {
      if (connection === this.#connection) this.#makingOffer = false;
    }
  }

  async #handle({ description, candidate }: Signal): Promise<void> {
    if (this.#closed) return;
    if (description) await this.#handleDescription(description);
    else if (candidate) await this.#addCandidate(candidate);
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // It overtook its description, or belongs to an offer that was not taken: tried once more
      // with the next description.
      this.#early = [...this.#early, candidate].slice(-maxEarlyCandidates);
    }
  }

  async #addEarlyCandidates(): Promise<void> {
    const early = this.#early;
    this.#early = [];
    for (const candidate of early) {
      // What fails now belonged to an offer that was given up.
      await this.#connection.addIceCandidate(candidate).catch(() => {});
    }
  }

  async #handleDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const session = sessionOf(description);
    const isNewPage = this.#remoteSession !== null && session !== this.#remoteSession;
    if (isNewPage) {
      this.#startAnew();
      // The answer of a page that we did not offer to: our new connection offers again.
      if (description.type !== 'offer') {
        this.#remoteSession = null;
        return;
      }
    }
    this.#remoteSession = session;
    const connection = this.#connection;
    const collision =
      description.type === 'offer' && (this.#makingOffer || connection.signalingState !== 'stable');
    if (collision && !this.#options.polite) return;
    await connection.setRemoteDescription(description);
    await this.#addEarlyCandidates();
    if (description.type !== 'offer') return;
    await connection.setLocalDescription();
    if (connection.localDescription && connection === this.#connection) {
      this.#options.send({ description: connection.localDescription });
    }
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Session id of a description's origin line. */
function sessionOf({ sdp }: RTCSessionDescriptionInit): string | null {
  return /^o=\S+ (\S+)/m.exec(sdp ?? '')?.[1] ?? null;
}

/** Who gives way: everybody to the doctor; among others the ids decide, and both sides agree. */
export function isPolite(
  self: { id: string; role: string },
  other: { id: string; role: string },
): boolean {
  if (self.role === 'doctor' && other.role !== 'doctor') return false;
  if (other.role === 'doctor' && self.role !== 'doctor') return true;
  return self.id > other.id;
}
