import type { NetworkQuality } from '#lib/call/network-quality.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.line;

export interface LineState {
  /** How many of three bars; null while nothing can be said. */
  bars: 1 | 2 | 3 | null;
  good: boolean;
  words: string;
}

const barsOf = { good: 3, fair: 2, poor: 1 } as const;

/** How the line is, in words: the signalling first, then the media; of several people the worst. */
export function lineWords(
  line: 'up' | 'reconnecting',
  joined: boolean,
  peers: readonly { state: RTCPeerConnectionState; quality: NetworkQuality | null }[],
): LineState {
  if (line === 'reconnecting') return { bars: null, good: false, words: text.reconnecting };
  if (!joined) return { bars: null, good: false, words: callMessages.connecting };
  if (peers.length === 0) return { bars: null, good: true, words: text.waitingPeer };
  if (peers.some(({ state }) => state === 'failed' || state === 'disconnected')) {
    return { bars: null, good: false, words: text.mediaFailed };
  }
  if (peers.some(({ state }) => state !== 'connected')) {
    return { bars: null, good: true, words: text.mediaConnecting };
  }
  const worst =
    (['poor', 'fair'] as const).find((step) => peers.some(({ quality }) => quality === step)) ??
    'good';
  return { bars: barsOf[worst], good: worst !== 'poor', words: text[worst] };
}
