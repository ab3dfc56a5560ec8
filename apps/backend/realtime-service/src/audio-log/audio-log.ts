import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type Logger,
  type ObjectStore,
  type Repetition,
  removeAll,
  repeatEvery,
} from '@medcall/service-kit';
import type { StreamHeader } from './segment.ts';
import { StreamLog } from './stream-log.ts';

/** Acknowledged audio is synced this often: what a power cut may take is at most this plus one sync. */
const syncEveryMs = 300;
/** With an object store, segments are closed and copied this often: well under the 10 s of DESIGN decision 9. */
const shipEveryMs = 4000;
const segmentType = 'application/octet-stream';

/** Lies in a stream's folder while its segments are fetched from the object store. */
const fetching = 'fetching';

/** What names a stream: one sender's one capture in one consultation. */
export type StreamIdentity = Pick<StreamHeader, 'consultationId' | 'sub' | 'stream' | 'captureId'>;

/** Who may write a stream: the fence grows with each change of owner. */
export interface StreamLease {
  fence: number;
  /** Another node owned the stream before: its segments are in the object store, ours are out of date. */
  tookOver: boolean;
}

/**
 * All streams under one folder: `<root>/<consultation>/<stream>/<fence>-<number>.seg`, and, where there
 * is an object store, their copies under `audio/` with the same names.
 */
export class AudioLog {
  private readonly root: string;
  private readonly logger: Logger;
  private readonly store: ObjectStore | null;
  private readonly streams = new Map<string, StreamLog>();
  private repetitions: Repetition[] = [];

  constructor(options: { root: string; logger: Logger; store: ObjectStore | null }) {
    this.root = options.root;
    this.logger = options.logger;
    this.store = options.store;
  }

  async start(): Promise<void> {
    await mkdir(this.root, { recursive: true });
    this.repetitions = [
      this.repeat(syncEveryMs, (stream) => stream.sync()),
      ...(this.store ? [this.repeat(shipEveryMs, (stream) => this.ship(stream))] : []),
    ];
  }

  async stop(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
    for (const stream of this.streams.values()) await this.finish(stream);
    this.streams.clear();
  }

  /** The log of a stream as its last owner left it, or a new one with this header. */
  async openOrCreate(header: StreamHeader, lease: StreamLease): Promise<StreamLog> {
    const folder = this.folderOf(header);
    const running = this.streams.get(folder);
    if (running && !lease.tookOver) return running;
    if (this.store && (lease.tookOver || (await this.mustFetch(lease, folder)))) {
      await this.fetch(this.store, header, folder);
    }
    if (lease.tookOver && !this.store) {
      this.logger.error(
        { consultationId: header.consultationId },
        'nodes without a shared object store: the sound before is on another node’s disk',
      );
    }
    const options = { folder, fence: lease.fence, durability: this.durability };
    const log =
      (await StreamLog.open(options, header.originMs).catch(missingAsNull)) ??
      (await StreamLog.create(options, header));
    if (log.damagedBytes > 0) {
      this.logger.error({ folder, bytes: log.damagedBytes }, 'audio on the disk has changed');
    }
    this.streams.set(folder, log);
    return log;
  }

  /** The log of a stream that this node has open, if it has. */
  running(identity: StreamIdentity): StreamLog | undefined {
    return this.streams.get(this.folderOf(identity));
  }

  /** Closes a stream that takes no more audio; its files and copies stay. */
  async release(identity: StreamIdentity): Promise<void> {
    const folder = this.folderOf(identity);
    const stream = this.streams.get(folder);
    if (!stream) return;
    await this.finish(stream);
    // Only now: whoever could not copy it to the object store tries again.
    this.streams.delete(folder);
  }

  /** Closes a stream that another node owns now: what is here is not copied any more. */
  async abandon(identity: StreamIdentity): Promise<void> {
    const folder = this.folderOf(identity);
    const stream = this.streams.get(folder);
    this.streams.delete(folder);
    await stream?.close();
  }

  /** Consultations of which something lies on this node's disk. */
  async consultations(): Promise<string[]> {
    return (await readdir(this.root).catch(missingAsNull)) ?? [];
  }

  /** Deletes all audio of a consultation: withdrawn consent, or the time to keep it is over. */
  async erase(consultationId: string): Promise<void> {
    const folder = join(this.root, consultationId);
    const names = (await readdir(folder).catch(missingAsNull)) ?? [];
    for (const name of names) {
      const path = join(folder, name);
      const stream = this.streams.get(path);
      this.streams.delete(path);
      await stream?.close();
    }
    await rm(folder, { recursive: true, force: true });
    if (this.store) await removeAll(this.store, `audio/${consultationId}/`);
  }

  private get durability() {
    return this.store ? ('store' as const) : ('disk' as const);
  }

  private async finish(stream: StreamLog): Promise<void> {
    await this.ship(stream);
    await stream.close();
  }

  /** Copies closed segments to the object store; without one there is nothing to do. */
  private async ship(stream: StreamLog): Promise<void> {
    if (!this.store) return;
    const sealed = await stream.seal();
    if (!sealed) return;
    for (const path of sealed.paths) {
      await this.store.put(
        this.keyOf(stream.header, basename(path)),
        await readFile(path),
        segmentType,
      );
    }
    stream.shipped(sealed);
  }

  /**
   * Adds the segments of the other owners from the object store. What this node wrote in an earlier
   * ownership stays: it was acknowledged, and not all of it may have been copied.
   */
  private async fetch(store: ObjectStore, identity: StreamIdentity, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, fetching), '');
    const here = new Set(await readdir(folder));
    for (const { key } of await store.list(this.keyOf(identity, ''))) {
      const name = basename(key);
      const bytes = here.has(name) ? null : await store.get(key);
      if (!bytes) continue;
      // Whole or not at all: a name that is there is never fetched again.
      const part = join(folder, `${name}.part`);
      await writeFile(part, bytes);
      await rename(part, join(folder, name));
    }
    await rm(join(folder, fetching), { force: true });
  }

  /**
   * A takeover that did not come to its end: the lease is this node's already, the segments are not all
   * here. A stream that nobody owned before has none.
   */
  private async mustFetch(lease: StreamLease, folder: string): Promise<boolean> {
    const here = await readdir(folder).catch(missingAsNull);
    return here === null ? lease.fence > 1 : here.includes(fetching);
  }

  private folderOf(identity: StreamIdentity): string {
    return join(this.root, identity.consultationId, streamName(identity));
  }

  private keyOf(identity: StreamIdentity, file: string): string {
    return `audio/${identity.consultationId}/${streamName(identity)}/${file}`;
  }

  private repeat(everyMs: number, work: (stream: StreamLog) => Promise<void>): Repetition {
    return repeatEvery(everyMs, () => this.forEach(work), this.report);
  }

  private async forEach(work: (stream: StreamLog) => Promise<void>): Promise<void> {
    for (const stream of this.streams.values()) {
      try {
        await work(stream);
      } catch (error) {
        this.report(error);
      }
    }
  }

  private readonly report = (error: unknown): void => {
    this.logger.error({ err: error }, 'audio log could not be synced or copied');
  };
}

/** Names given by clients never become part of a path: the folder is their hash. */
function streamName(identity: StreamIdentity): string {
  const key = JSON.stringify([identity.sub, identity.stream, identity.captureId]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

function missingAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
