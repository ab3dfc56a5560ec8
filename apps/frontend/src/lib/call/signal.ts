import type { SignalPairing } from '@medcall/shared-types';
import * as z from '@medcall/shared-types/lean';

/** What travels over `webrtc-signal`; without description and candidate it is a greeting. */
export interface Signal {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  pairing?: SignalPairing;
}

const arriving = z.object({
  description: z.optional(z.object({ type: z.oneOf(['offer', 'answer']), sdp: z.string() })),
  candidate: z.nullish(
    z.object({
      candidate: z.string(),
      sdpMid: z.nullish(z.string()),
      sdpMLineIndex: z.nullish(z.number()),
      usernameFragment: z.nullish(z.string()),
    }),
  ),
  pairing: z.optional(
    z.object({
      call: z.nullable(z.string()),
      page: z.nullable(z.string()),
      round: z.optional(z.number()),
      after: z.optional(z.number()),
    }),
  ),
});

/** Reads a relayed signal. @returns null for what no browser of ours sends */
export function readSignal(event: unknown): Signal | null {
  const parsed = z.safeParse(arriving, event);
  if (!parsed.success) return null;
  const { description, candidate, pairing } = parsed.data;
  return {
    ...(description ? { description } : {}),
    ...(candidate ? { candidate: withoutUndefined(candidate) } : {}),
    ...(pairing
      ? {
          pairing: {
            call: pairing.call,
            page: pairing.page,
            ...(pairing.round === undefined ? {} : { round: pairing.round }),
            ...(pairing.after === undefined ? {} : { after: pairing.after }),
          },
        }
      : {}),
  };
}

function withoutUndefined(candidate: {
  candidate: string;
  sdpMid?: string | null | undefined;
  sdpMLineIndex?: number | null | undefined;
  usernameFragment?: string | null | undefined;
}): RTCIceCandidateInit {
  return {
    candidate: candidate.candidate,
    sdpMid: candidate.sdpMid ?? null,
    sdpMLineIndex: candidate.sdpMLineIndex ?? null,
    usernameFragment: candidate.usernameFragment ?? null,
  };
}
