import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config/read-env.ts';
import { createFolderStore } from './folder-store.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';
import { createSupabaseStore } from './supabase-store.ts';

/** Environment of the object store: extend a service's own with `objectStoreEnv.shape`. */
export const objectStoreEnv = z.object({
  OBJECT_STORE: z.enum(['folder', 'supabase', 's3']).optional(),
  /** `folder`: a folder that all nodes mount. Given alone, it chooses `folder`. */
  OBJECT_STORE_DIR: z.string().optional(),
  /** `supabase`, `s3`: a private bucket. */
  STORAGE_BUCKET: z.string().optional(),
  SUPABASE_URL: z.url().optional(),
  SUPABASE_SERVICE_ROLE_KEY: z.string().optional(),
  /** Address of an S3-compatible server; AWS itself when unset. */
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  /** Unset, the SDK looks for the credentials of the machine, pod or role. */
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
});
export type ObjectStoreEnv = z.infer<typeof objectStoreEnv>;

/**
 * The object store that the environment names; null where one machine's disk is all there is.
 * @throws ConfigError naming what the chosen store lacks
 */
export function chooseStore(env: ObjectStoreEnv): ObjectStore | null {
  switch (env.OBJECT_STORE ?? (env.OBJECT_STORE_DIR === undefined ? undefined : 'folder')) {
    case undefined:
      return null;
    case 'folder':
      return createFolderStore(resolve(needed(env, 'folder', 'OBJECT_STORE_DIR')));
    case 'supabase':
      return createSupabaseStore({
        url: needed(env, 'supabase', 'SUPABASE_URL'),
        serviceRoleKey: needed(env, 'supabase', 'SUPABASE_SERVICE_ROLE_KEY'),
        bucket: needed(env, 'supabase', 'STORAGE_BUCKET'),
      });
    case 's3':
      return createS3Store({
        bucket: needed(env, 's3', 'STORAGE_BUCKET'),
        region: env.S3_REGION,
        ...(env.S3_ENDPOINT === undefined ? {} : { endpoint: env.S3_ENDPOINT }),
        ...s3Credentials(env),
      });
  }
}

function s3Credentials(env: ObjectStoreEnv) {
  if (env.S3_ACCESS_KEY_ID === undefined && env.S3_SECRET_ACCESS_KEY === undefined) return {};
  return {
    credentials: {
      accessKeyId: needed(env, 's3', 'S3_ACCESS_KEY_ID'),
      secretAccessKey: needed(env, 's3', 'S3_SECRET_ACCESS_KEY'),
    },
  };
}

function needed(env: ObjectStoreEnv, store: string, name: keyof ObjectStoreEnv): string {
  const value = env[name];
  if (value === undefined) throw new ConfigError([`${name}: is needed by OBJECT_STORE=${store}`]);
  return value;
}
