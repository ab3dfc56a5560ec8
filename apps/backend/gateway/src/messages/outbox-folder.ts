import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A message that an installation without a vendor wrote to its disk instead. */
export const keptMessage = z.object({
  channel: z.enum(['email', 'sms']),
  key: z.string(),
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  at: z.iso.datetime(),
});
export type KeptMessage = z.infer<typeof keptMessage>;

/** The outbox of a laptop: what would have been sent, one file a message, for its owner to read. */
export interface OutboxFolder {
  readonly path: string;
  /** Keeps a message once by its key; a repetition changes nothing. @returns its id */
  keep(message: Omit<KeptMessage, 'at'>, extra?: { eml: string }): Promise<string>;
  find(key: string): Promise<{ id: string; message: KeptMessage } | null>;
  /** Newest first. */
  list(limit: number): Promise<KeptMessage[]>;
}

export function createOutboxFolder(dataDir: string, now: () => number = Date.now): OutboxFolder {
  const path = join(dataDir, 'caixa-de-saida');
  const fileOf = (id: string) => join(path, `${id}.json`);

  const read = async (file: string): Promise<KeptMessage | null> => {
    try {
      return keptMessage.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  };

  return {
    path,
    async keep(message, extra) {
      const id = idOf(message.key);
      await mkdir(path, { recursive: true, mode: 0o700 });
      if (extra) await writeFile(join(path, `${id}.eml`), extra.eml, { mode: 0o600 });
      const kept: KeptMessage = { ...message, at: new Date(now()).toISOString() };
      try {
        await writeFile(fileOf(id), `${JSON.stringify(kept, null, 2)}\n`, {
          mode: 0o600,
          flag: 'wx',
        });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      return id;
    },
    async find(key) {
      const id = idOf(key);
      const message = await read(fileOf(id));
      return message ? { id, message } : null;
    },
    async list(limit) {
      const names = await readdir(path).catch(() => []);
      const kept = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => read(join(path, name))),
      );
      return kept
        .filter((message) => message !== null)
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, limit);
    },
  };
}

/** A file's name that no key can turn into a path. */
function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
