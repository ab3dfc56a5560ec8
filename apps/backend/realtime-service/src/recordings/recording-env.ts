import { envList } from '@medcall/service-kit';
import { z } from 'zod';

const shortestKeyLength = 32;

/** Environment of recordings: extend the service's own with `recordingEnv.shape`. */
export const recordingEnv = z.object({
  /**
   * Keys that sign recording addresses, `kid:secret` separated by commas. The first one signs, all
   * verify: put a new one in front and drop the old one ten minutes later. Unset, the key is derived
   * from INTERNAL_SERVICE_SECRET.
   */
  RECORDING_URL_KEYS: envList
    .pipe(
      z.array(
        z
          .string()
          .regex(
            new RegExp(`^[A-Za-z0-9_-]{1,32}:.{${shortestKeyLength},}$`),
            `must be kid:secret with at least ${shortestKeyLength} characters of secret`,
          ),
      ),
    )
    .optional(),
});
export type RecordingEnv = z.infer<typeof recordingEnv>;
