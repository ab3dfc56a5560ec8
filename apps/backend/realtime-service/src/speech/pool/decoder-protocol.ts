import { z } from 'zod';
import type { Transcript } from '../ports.ts';
import { DECODE_EFFORTS, type DecodeEffort } from './decode-effort.ts';

/** What the service and a decoder process say to each other, over Node's structured-clone channel. */
export interface DecodeRequest {
  readonly type: 'decode';
  readonly id: number;
  /** 16 bit halves the copy between processes and loses nothing: microphones send 16 bit. */
  readonly pcm: Int16Array;
  readonly language: string;
  readonly prompt?: string;
  readonly effort: DecodeEffort;
}

export interface CancelRequest {
  readonly type: 'cancel';
  readonly id: number;
}

export type DecoderRequest = DecodeRequest | CancelRequest;

export type DecoderReply =
  | { readonly type: 'ready'; readonly engine: string }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly transcript: Transcript;
      readonly milliseconds: number;
    }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

export const decoderRequestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('decode'),
    id: z.number().int(),
    pcm: z.instanceof(Int16Array),
    language: z.string().length(2),
    prompt: z.string().optional(),
    effort: z.enum(DECODE_EFFORTS),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
]);

const transcriptSchema = z.object({
  text: z.string(),
  avgLogprob: z.number().nullable(),
  noSpeechProb: z.number().nullable(),
  degenerate: z.boolean().default(false),
  engine: z.string(),
});

export const decoderReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), engine: z.string() }),
  z.object({
    type: z.literal('done'),
    id: z.number().int(),
    transcript: transcriptSchema,
    milliseconds: z.number(),
  }),
  z.object({ type: z.literal('cancelled'), id: z.number().int() }),
  z.object({ type: z.literal('failed'), id: z.number().int(), message: z.string() }),
]);
