import * as z from '@medcall/shared-types/lean';

/** What a person has switched on, so that a black picture can be told from a switched-off camera. */
const peerDevices = z.object({ microphone: z.boolean(), camera: z.boolean() });
export type PeerDevices = z.Of<typeof peerDevices>;

/** Reads what came over the data channel. */
export function readDevices(message: unknown): PeerDevices | null {
  if (typeof message !== 'string') return null;
  try {
    return z.safeParse(peerDevices, JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}
