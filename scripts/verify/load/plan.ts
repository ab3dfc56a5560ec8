import { z } from 'zod';

/** `url`: the node that this one connects to, when it is not everybody's. */
const person = z.object({ sub: z.string(), token: z.string(), url: z.string().optional() });

/** What the load generator is to do. */
export const loadPlan = z.object({
  url: z.string(),
  seconds: z.number(),
  /** The sound is this long and then begins again. */
  soundSeconds: z.number(),
  rooms: z.array(z.object({ roomId: z.string(), doctor: person, patient: person })),
});
export type LoadPlan = z.infer<typeof loadPlan>;

/** What it measured, from the sending of a chunk to its acknowledgement. */
export const measured = z.object({
  sent: z.number(),
  unanswered: z.number(),
  refused: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  p999Ms: z.number(),
  maxMs: z.number(),
  /** What the service sent over the sockets, acknowledgements included. */
  receivedBytes: z.number(),
});
export type Measured = z.infer<typeof measured>;
