import { z } from 'zod';

const image = z.object({
  name: z.string(),
  root: z.string(),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  user: z.string(),
  command: z.array(z.string()),
  health: z.array(z.string()),
  ports: z.array(z.number()),
  bytes: z.number(),
  seconds: z.number(),
});
/** What the first half built, handed to the second. */
export const containersPlan = z.object({
  work: z.string(),
  commit: z.string(),
  node: z.string(),
  images: z.array(image),
});
