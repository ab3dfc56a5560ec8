import { describe, expect, it } from 'vitest';
import { readEnv } from '../config/read-env.ts';
import { chooseStore, objectStoreEnv } from './choose-store.ts';

const choose = (env: Record<string, string>) => chooseStore(readEnv(objectStoreEnv, env));

describe('choice of the object store', () => {
  it('is none when none is named', () => {
    expect(choose({})).toBeNull();
    expect(choose({ OBJECT_STORE: '', STORAGE_BUCKET: 'audio' })).toBeNull();
  });

  it.each([
    [{ OBJECT_STORE: 'folder', OBJECT_STORE_DIR: '/shared' }, 'folder'],
    [{ OBJECT_STORE_DIR: '/shared' }, 'folder'],
    [{ OBJECT_STORE: 's3', STORAGE_BUCKET: 'audio' }, 's3'],
    [
      {
        OBJECT_STORE: 'supabase',
        STORAGE_BUCKET: 'audio',
        SUPABASE_URL: 'https://abc.supabase.co',
        SUPABASE_SERVICE_ROLE_KEY: 'key',
      },
      'supabase',
    ],
  ])('follows %j', (env, name) => {
    expect(choose(env)?.name).toBe(name);
  });

  it.each([
    [{ OBJECT_STORE: 'folder' }, 'OBJECT_STORE_DIR'],
    [{ OBJECT_STORE: 's3' }, 'STORAGE_BUCKET'],
    [{ OBJECT_STORE: 's3', STORAGE_BUCKET: 'a', S3_ACCESS_KEY_ID: 'b' }, 'S3_SECRET_ACCESS_KEY'],
    [{ OBJECT_STORE: 'supabase', STORAGE_BUCKET: 'a' }, 'SUPABASE_URL'],
    [{ OBJECT_STORE: 'tape' }, 'OBJECT_STORE'],
  ])('%j is refused by the name of what is missing or wrong', (env, name) => {
    expect(() => choose(env)).toThrow(name);
  });
});
