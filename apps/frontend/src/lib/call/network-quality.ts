/** How the media line does, in three steps that a person understands. */
export type NetworkQuality = 'good' | 'fair' | 'poor';

/** What one look at the counters says. */
export interface NetworkSample {
  /** There and back; null while nothing was measured. */
  roundTripMs: number | null;
  /** Share of the other's packets that did not reach me since the last look, 0 to 1. */
  lossIn: number;
  /** The same for mine, as the other side reports it. */
  lossOut: number;
}

export interface PacketCounts {
  received: number;
  lost: number;
}

interface Counter {
  type: string;
  [name: string]: unknown;
}

/** Reads RTCPeerConnection.getStats() (W3C webrtc-stats). @returns the sample and the counts for the next one */
export function sampleOf(
  report: Iterable<Counter>,
  before: PacketCounts,
): { sample: NetworkSample; counts: PacketCounts } {
  const counts = { received: 0, lost: 0 };
  let roundTripMs: number | null = null;
  let lossOut = 0;
  for (const counter of report) {
    if (counter.type === 'inbound-rtp') {
      counts.received += numberIn(counter, 'packetsReceived');
      // A duplicate makes the count negative (RFC 3550 §6.4.1).
      counts.lost += Math.max(0, numberIn(counter, 'packetsLost'));
    }
    if (counter.type === 'remote-inbound-rtp') {
      lossOut = Math.max(lossOut, numberIn(counter, 'fractionLost'));
    }
    if (counter.type === 'candidate-pair' && counter.nominated === true) {
      const seconds = counter.currentRoundTripTime;
      if (typeof seconds === 'number') roundTripMs = Math.round(seconds * 1000);
    }
  }
  // A connection that was opened anew counts from zero.
  const received = Math.max(0, counts.received - before.received);
  const lost = Math.max(0, counts.lost - before.lost);
  const lossIn = received + lost === 0 ? 0 : lost / (received + lost);
  return { sample: { roundTripMs, lossIn, lossOut }, counts };
}

/**
 * ITU-T G.114: up to 150 ms one way nobody notices, beyond 400 ms people talk into each other's words.
 * Loss: Opus and VP8 hide about 2 %; from 8 % on words and faces break.
 */
export function qualityOf({ roundTripMs, lossIn, lossOut }: NetworkSample): NetworkQuality {
  const loss = Math.max(lossIn, lossOut);
  const delay = roundTripMs ?? 0;
  if (loss >= 0.08 || delay > 800) return 'poor';
  return loss >= 0.02 || delay > 300 ? 'fair' : 'good';
}

/** Shows a change only when two looks agree: a word that flickers says nothing. */
export class SteadyQuality {
  #shown: NetworkQuality | null = null;
  #last: NetworkQuality | null = null;

  next(quality: NetworkQuality): NetworkQuality {
    if (this.#shown === null || quality === this.#last) this.#shown = quality;
    this.#last = quality;
    return this.#shown;
  }
}

function numberIn(counter: Counter, name: string): number {
  const value = counter[name];
  return typeof value === 'number' ? value : 0;
}
