import { createHash, hkdfSync } from 'node:crypto';
import type { RecordingEnv } from './recording-env.ts';

/** A key for addresses of recordings and the name by which an address says which one it was. */
export interface UrlKey {
  kid: string;
  secret: Buffer;
}

const purpose = 'medcall recording address v1';
const keyBytes = 32;

/** Keys by configuration, the one that signs first. Never the service secret itself: one key, one use. */
export function urlKeys(env: RecordingEnv & { INTERNAL_SERVICE_SECRET: string }): UrlKey[] {
  if (env.RECORDING_URL_KEYS && env.RECORDING_URL_KEYS.length > 0) {
    return env.RECORDING_URL_KEYS.map((entry) => {
      const end = entry.indexOf(':');
      return { kid: entry.slice(0, end), secret: derive(entry.slice(end + 1)) };
    });
  }
  const secret = derive(env.INTERNAL_SERVICE_SECRET);
  const kid = createHash('sha256').update(secret).digest('hex').slice(0, 8);
  return [{ kid, secret }];
}

function derive(material: string): Buffer {
  return Buffer.from(hkdfSync('sha256', material, '', purpose, keyBytes));
}
