import { AppError } from '@medcall/service-kit';
import { chunkBytes } from '@medcall/shared-types';

/** Subprotocol of the native PCM socket; the token travels beside it as `bearer.<jwt>`. */
export const pcmProtocol = 'medcall.pcm.v1';
export const bearerProtocolPrefix = 'bearer.';
const seqBytes = 4;

/** Largest frame that may come in. */
export const maxPcmFrameBytes = seqBytes + chunkBytes.max;

/** Binary frame: uint32 LE `seq`, then PCM16LE 16 kHz mono. @throws AppError invalid_chunk */
export function parsePcmFrame(frame: Buffer): { seq: number; pcm: Uint8Array } {
  const bytes = frame.length - seqBytes;
  if (bytes < chunkBytes.min || bytes > chunkBytes.max || bytes % 2 !== 0) {
    throw new AppError('invalid_chunk');
  }
  return { seq: frame.readUInt32LE(0), pcm: frame.subarray(seqBytes) };
}

/** The token of a handshake: Authorization header, or the subprotocol that browsers can send. */
export function handshakeToken(headers: {
  authorization: string | undefined;
  protocols: string | undefined;
}): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  return headers.protocols
    ?.split(',')
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(bearerProtocolPrefix))
    ?.slice(bearerProtocolPrefix.length);
}
