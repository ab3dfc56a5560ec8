import { type FileHandle, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { die, tornLength } from '../failpoints.ts';
import { decodeRecord, findRecord, type LogRecord } from './record.ts';

const magic = Buffer.from('MCALOG1\n');
const headBytes = magic.length + 8;

/** What a segment says of its stream, so that the log can be read without the database. */
export const streamHeader = z.object({
  consultationId: z.uuid(),
  sub: z.string(),
  stream: z.string(),
  captureId: z.string(),
  participantId: z.uuid(),
  speaker: z.enum(['MEDICO', 'PACIENTE', 'UNKNOWN']),
  sampleRate: z.literal(16_000),
  /** Where sample 0 stands on the consultation's timeline, in ms. */
  originMs: z.number(),
});
export type StreamHeader = z.infer<typeof streamHeader>;

/** Magic, length and sum of the JSON header, the JSON. */
export function encodeHeader(header: StreamHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head.writeUInt32LE(json.length, magic.length);
  head.writeUInt32LE(crc32(json), magic.length + 4);
  return Buffer.concat([head, json]);
}

export interface SegmentContent {
  header: StreamHeader;
  records: LogRecord[];
  /** End of the last whole record; what follows is a torn tail. */
  goodBytes: number;
  tornBytes: number;
  /** Bytes between whole records that make no sense: the disk changed them. */
  damagedBytes: number;
}

/** Reads the whole records of a segment; null when not even its header is whole. */
export async function readSegment(path: string): Promise<SegmentContent | null> {
  return decodeSegment(await readFile(path));
}

/** The same from bytes, for a copy that lies in an object store. */
export function decodeSegment(bytes: Buffer): SegmentContent | null {
  const header = decodeHeader(bytes);
  if (!header) return null;
  const records: LogRecord[] = [];
  let offset = header.end;
  let damagedBytes = 0;
  for (;;) {
    const decoded = decodeRecord(bytes, offset);
    if (decoded) {
      records.push(decoded.record);
      offset = decoded.end;
      continue;
    }
    // One bad spot costs the records that it touches, not all that was said after it.
    const next = findRecord(bytes, offset + 1);
    if (next === null) break;
    damagedBytes += next - offset;
    offset = next;
  }
  return {
    header: header.value,
    records,
    goodBytes: offset,
    tornBytes: bytes.length - offset,
    damagedBytes,
  };
}

function decodeHeader(bytes: Buffer): { value: StreamHeader; end: number } | null {
  if (bytes.length < headBytes || !bytes.subarray(0, magic.length).equals(magic)) return null;
  const end = headBytes + bytes.readUInt32LE(magic.length);
  if (end > bytes.length) return null;
  const json = bytes.subarray(headBytes, end);
  if (crc32(json) !== bytes.readUInt32LE(magic.length + 4)) return null;
  const parsed = streamHeader.safeParse(JSON.parse(json.toString('utf8')));
  return parsed.success ? { value: parsed.data, end } : null;
}

/** A segment that is being written. Appends are whole or not there: a short write is taken back. */
export class SegmentWriter {
  readonly path: string;
  private readonly file: FileHandle;
  private length = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.file = file;
  }

  static async create(path: string, header: StreamHeader): Promise<SegmentWriter> {
    const file = await open(path, 'wx');
    const writer = new SegmentWriter(path, file);
    try {
      await writer.append(encodeHeader(header));
      await syncFolder(dirname(path));
      return writer;
    } catch (error) {
      // On a full disk each attempt would leave an empty file and an open handle behind.
      await file.close();
      await unlink(path);
      throw error;
    }
  }

  get bytes(): number {
    return this.length;
  }

  async append(bytes: Buffer): Promise<void> {
    const torn = tornLength(bytes.length);
    if (torn !== null) {
      await this.file.write(bytes, 0, torn, this.length);
      die();
    }
    try {
      let written = 0;
      // A full disk answers with a short write first and with ENOSPC only at the next one.
      while (written < bytes.length) {
        const result = await this.file.write(
          bytes,
          written,
          bytes.length - written,
          this.length + written,
        );
        if (result.bytesWritten === 0) throw new Error('write made no progress');
        written += result.bytesWritten;
      }
      this.length += bytes.length;
    } catch (error) {
      await this.file.truncate(this.length);
      throw error;
    }
  }

  sync(): Promise<void> {
    return this.file.datasync();
  }

  /** @throws when the last bytes could not be synced; the file is closed all the same */
  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.file.close();
    }
  }
}

/** A new file name survives a power cut only when its folder was synced too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What an earlier process wrote may still be in the system's memory only. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
