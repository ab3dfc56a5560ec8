import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { checkKey, type ObjectInfo, type ObjectStore } from './object-store.ts';

/** Objects as files below a folder: one machine's disk, or a disk that all nodes mount. */
export function createFolderStore(root: string): ObjectStore {
  const pathOf = (key: string) => join(root, checkKey(key));
  return {
    name: 'folder',
    async put(key, body) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      // Written aside and renamed: no reader ever sees half an object, also after a power cut.
      const making = `${path}.${randomUUID()}.part`;
      try {
        const file = await open(making, 'wx');
        try {
          await file.writeFile(body);
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(making, path);
      } catch (error) {
        await rm(making, { force: true });
        throw isCode(error, 'ENOSPC') ? new AppError('storage_full', { cause: error }) : error;
      }
    },
    async get(key) {
      return orNull(readFile(pathOf(key)));
    },
    async read(key, range) {
      const path = pathOf(key);
      if (!(await orNull(stat(path)))) return null;
      return createReadStream(path, range ? { start: range.from, end: range.to } : {});
    },
    async info(key) {
      const found = await orNull(stat(pathOf(key)));
      return found ? { key, bytes: found.size } : null;
    },
    async list(prefix) {
      const folder = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : '';
      const all = await filesBelow(root, folder);
      return all
        .filter((object) => object.key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
  };
}

async function filesBelow(root: string, folder: string): Promise<ObjectInfo[]> {
  const entries = await orNull(readdir(join(root, folder), { withFileTypes: true }));
  const found: ObjectInfo[] = [];
  for (const entry of entries ?? []) {
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(root, key)));
    else if (entry.isFile() && !entry.name.endsWith('.part')) {
      const info = await orNull(stat(join(root, key)));
      if (info) found.push({ key, bytes: info.size });
    }
  }
  return found;
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
