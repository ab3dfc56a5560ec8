import type { SignalPairing } from '@medcall/shared-types';
import { z } from 'zod';

/** What travels over `webrtc-signal`; without description and candidate it is a greeting. */
export interface Signal {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  pairing?: SignalPairing;
}

const arriving = z.object({
  description: z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() }).optional(),
  candidate: z
    .object({
      candidate: z.string(),
      sdpMid: z.string().nullish(),
      sdpMLineIndex: z.number().nullish(),
      usernameFragment: z.string().nullish(),
    })
    .nullish(),
  pairing: z
    .object({
      call: z.string().nullable(),
      page: z.string().nullable(),
      round: z.number().optional(),
      after: z.number().optional(),
    })
    .optional(),
});

/** Reads a relayed signal. @returns null for what no browser of ours sends */
export function readSignal(event: unknown): Signal | null {
  const parsed = arriving.safeParse(event);
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
