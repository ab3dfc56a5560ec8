import { callMessages } from '#messages/call.ts';

const text = callMessages.line;

/** How the line is, in words: the signalling first, then the media. */
export function lineWords(
  line: 'up' | 'reconnecting',
  joined: boolean,
  peers: readonly { state: RTCPeerConnectionState }[],
): { good: boolean; words: string } {
  if (line === 'reconnecting') return { good: false, words: text.reconnecting };
  if (!joined) return { good: false, words: callMessages.connecting };
  if (peers.length === 0) return { good: true, words: text.waitingPeer };
  if (peers.some(({ state }) => state === 'failed' || state === 'disconnected')) {
    return { good: false, words: text.mediaFailed };
  }
  return peers.every(({ state }) => state === 'connected')
    ? { good: true, words: text.good }
    : { good: true, words: text.mediaConnecting };
}
