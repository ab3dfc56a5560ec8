import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@medcall/service-kit';
import type { StreamHeader } from './segment.ts';
import { StreamLog } from './stream-log.ts';

/** Acknowledged audio is synced this often: what a power cut may take is at most this plus one sync. */
const syncEveryMs = 300;

/** What names a stream: one sender's one capture in one consultation. */
export type StreamIdentity = Pick<StreamHeader, 'consultationId' | 'sub' | 'stream' | 'captureId'>;

/** All streams under one folder: `<root>/<consultation>/<stream>/NNNNNN.seg`. */
export class AudioLog {
  private readonly root: string;
  private readonly logger: Logger;
  private readonly streams = new Map<string, StreamLog>();
  private timer: NodeJS.Timeout | undefined;
  private syncing: Promise<void> = Promise.resolve();

  constructor(root: string, logger: Logger) {
    this.root = root;
    this.logger = logger;
  }

  async start(): Promise<void> {
    await mkdir(this.root, { recursive: true });
    this.timer = setInterval(() => {
      this.syncing = this.syncing.then(() => this.syncAll());
    }, syncEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.syncing;
    await Promise.all([...this.streams.values()].map((stream) => stream.close()));
    this.streams.clear();
  }

  /** The log of a stream as it was left, or a new one with this header. */
  async openOrCreate(header: StreamHeader): Promise<StreamLog> {
    return (await this.open(header)) ?? (await this.register(header));
  }

  /** The log of a stream that exists, or null. */
  async open(identity: StreamIdentity): Promise<StreamLog | null> {
    const folder = this.folderOf(identity);
    const running = this.streams.get(folder);
    if (running) return running;
    const found = await StreamLog.open(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (found) this.streams.set(folder, found);
    return found;
  }

  /** Whether any byte of a consultation's audio is kept. */
  async holds(consultationId: string): Promise<boolean> {
    return (await this.foldersOf(consultationId)).length > 0;
  }

  /** Closes a stream that takes no more audio; its files stay. */
  async release(identity: StreamIdentity): Promise<void> {
    const folder = this.folderOf(identity);
    const running = this.streams.get(folder);
    this.streams.delete(folder);
    await running?.close();
  }

  /** Deletes all audio of a consultation: withdrawn consent, or the time to keep it is over. */
  async erase(consultationId: string): Promise<void> {
    for (const folder of await this.foldersOf(consultationId)) {
      await this.streams.get(folder)?.close();
      this.streams.delete(folder);
    }
    await rm(join(this.root, consultationId), { recursive: true, force: true });
  }

  private async register(header: StreamHeader): Promise<StreamLog> {
    const folder = this.folderOf(header);
    const created = await StreamLog.create(folder, header);
    this.streams.set(folder, created);
    return created;
  }

  private async foldersOf(consultationId: string): Promise<string[]> {
    const folder = join(this.root, consultationId);
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.map((name) => join(folder, name));
  }

  /** Names given by clients never become part of a path: the folder is their hash. */
  private folderOf(identity: StreamIdentity): string {
    const key = JSON.stringify([identity.sub, identity.stream, identity.captureId]);
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return join(this.root, identity.consultationId, name);
  }

  private async syncAll(): Promise<void> {
    for (const stream of this.streams.values()) {
      try {
        await stream.sync();
      } catch (error) {
        this.logger.error({ err: error }, 'audio log could not be synced');
      }
    }
  }
}
