import type { Signal } from './signal.ts';

/** What a signal of a negotiation says beside the pairing of the two connections. */
export interface NegotiationSignal {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  /** Number of the offer, in an answer of the offer that it answers. */
  round?: number;
  /** In an offer: the last offer of the other side that mine knows of. */
  after?: number;
}

export interface NegotiationOptions {
  connection: RTCPeerConnection;
  /** The polite side gives way when both offer at once (perfect negotiation, W3C WebRTC §10.7). */
  polite: boolean;
  send: (signal: NegotiationSignal) => void;
  onTrouble: (what: string, cause: unknown) => void;
}

/** A handful a network card: more is noise. */
const maxCandidates = 60;

/**
 * Offers, answers and candidates of one connection. Signals may come late, twice, in another order or
 * never: offers are numbered, an answer names its offer, and `resend` sends again what may be missing.
 */
export class Negotiation {
  readonly #options: NegotiationOptions;
  readonly #connection: RTCPeerConnection;
  #round = 0;
  #remoteRound = 0;
  #makingOffer = false;
  #lastAnswer: RTCSessionDescription | null = null;
  /** Candidates that came before the description they belong to. */
  #early: RTCIceCandidateInit[] = [];
  #gathered: RTCIceCandidateInit[] = [];
  #closed = false;
  #chain: Promise<void> = Promise.resolve();

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.#connection = options.connection;
    this.#connection.onnegotiationneeded = () => void this.#offer();
    this.#connection.onicecandidate = ({ candidate }) => {
      if (!candidate || this.#closed) return;
      const plain = candidate.toJSON();
      this.#gathered = [...this.#gathered, plain].slice(-maxCandidates);
      options.send({ candidate: plain });
    };
  }

  /** Signals are handled one after the other. */
  receive(signal: Signal): Promise<void> {
    this.#chain = this.#chain
      .then(() => this.#handle(signal))
      .catch((cause: unknown) => {
        if (!this.#closed) this.#options.onTrouble('signal', cause);
      });
    return this.#chain;
  }

  /** Sends again what the other side may not have; interrupts nothing. */
  resend(): void {
    if (this.#closed || this.#makingOffer) return;
    const { connectionState, localDescription, signalingState } = this.#connection;
    // The description holds the candidates that were gathered so far.
    if (signalingState === 'have-local-offer' && localDescription) {
      this.#sendOffer(localDescription);
    } else if (connectionState !== 'connected') {
      const fragment = fragmentOf(localDescription);
      for (const candidate of this.#gathered) {
        const its = candidate.usernameFragment ?? null;
        if (its === null || its === fragment) this.#options.send({ candidate });
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#connection.onnegotiationneeded = null;
    this.#connection.onicecandidate = null;
    this.#connection.close();
  }

  async #offer(): Promise<void> {
    if (this.#closed) return;
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      // The other side's offer may have come first.
      const { localDescription, signalingState } = this.#connection;
      if (this.#closed || signalingState !== 'have-local-offer' || !localDescription) return;
      this.#round += 1;
      this.#sendOffer(localDescription);
    } catch (cause) {
      if (!this.#closed) this.#options.onTrouble('offer', cause);
    } finally {
      this.#makingOffer = false;
    }
  }

  #sendOffer(description: RTCSessionDescription): void {
    this.#options.send({ description, round: this.#round, after: this.#remoteRound });
  }

  async #handle({ description, candidate, pairing }: Signal): Promise<void> {
    if (this.#closed) return;
    if (description?.type === 'offer') {
      await this.#takeOffer(description, pairing?.round, pairing?.after);
    } else if (description) {
      await this.#takeAnswer(description, pairing?.round);
    } else if (candidate) {
      await this.#addCandidate(candidate);
    }
  }

  async #takeAnswer(description: RTCSessionDescriptionInit, round?: number): Promise<void> {
    if (this.#connection.signalingState !== 'have-local-offer') return;
    if (round !== undefined && round !== this.#round) return;
    await this.#connection.setRemoteDescription(description);
    await this.#addEarlyCandidates();
  }

  async #takeOffer(
    description: RTCSessionDescriptionInit,
    round = this.#remoteRound + 1,
    after?: number,
  ): Promise<void> {
    if (round < this.#remoteRound) return;
    // It has had my answer or will have it now; what I negotiate since stays as it is.
    if (round === this.#remoteRound && this.#lastAnswer) {
      this.#options.send({ description: this.#lastAnswer, round });
      return;
    }
    if (!this.#options.polite) {
      if (this.#makingOffer) return;
      if (this.#connection.signalingState !== 'stable') {
        // It may offer because mine was lost.
        this.resend();
        return;
      }
      // It was made before my last offer came and has been given up since.
      if (after !== undefined && after !== this.#round) return;
    }
    await this.#connection.setRemoteDescription(description);
    this.#remoteRound = round;
    this.#lastAnswer = null;
    await this.#addEarlyCandidates();
    await this.#connection.setLocalDescription();
    const answer = this.#connection.localDescription;
    this.#lastAnswer = answer;
    if (answer && !this.#closed) this.#options.send({ description: answer, round });
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // It overtook its description, or belongs to an offer that was not taken: tried once more
      // with the next description.
      this.#early = [...this.#early, candidate].slice(-maxCandidates);
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
}

/** The name of a description's ICE generation (RFC 8839 §5.4). */
function fragmentOf(description: RTCSessionDescription | null): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? '')?.[1] ?? null;
}
