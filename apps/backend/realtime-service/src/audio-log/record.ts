import { crc32 } from 'node:zlib';

/** A chunk of one stream as it is kept: the first bytes written for a `seq` are the ones that count. */
export interface ChunkRecord {
  type: 'chunk';
  seq: number;
  /** The client's monotonic clock at the first sample, in ms; null when it sent none. */
  capturedAtMs: number | null;
  /** PCM16LE mono, 16 kHz. */
  pcm: Uint8Array;
}

/** Sequence numbers that will never come, both ends included. */
export interface GapRecord {
  type: 'gap';
  seq: number;
  toSeq: number;
}

export type LogRecord = ChunkRecord | GapRecord;

/**
 * type u8, version u8, reserved u16, seq u32, toSeq u32, payload length u32, capturedAtMs f64, crc32 u32;
 * little endian, then the payload. The sum covers header (sum left out) and payload.
 */
export const recordHeaderBytes = 28;
const crcOffset = 24;
const version = 1;
const typeCodes = { chunk: 1, gap: 2 } as const;
/** No honest record is larger (one second of audio): a longer length is damage. */
const maxPayloadBytes = 64_000;

/** Bytes of one record, ready to be appended. */
export function encodeRecord(record: LogRecord): Buffer {
  const payload = record.type === 'chunk' ? record.pcm : new Uint8Array();
  const bytes = Buffer.alloc(recordHeaderBytes + payload.byteLength);
  bytes.writeUInt8(typeCodes[record.type], 0);
  bytes.writeUInt8(version, 1);
  bytes.writeUInt32LE(record.seq, 4);
  bytes.writeUInt32LE(record.type === 'gap' ? record.toSeq : record.seq, 8);
  bytes.writeUInt32LE(payload.byteLength, 12);
  bytes.writeDoubleLE(
    record.type === 'chunk' ? (record.capturedAtMs ?? Number.NaN) : Number.NaN,
    16,
  );
  bytes.set(payload, recordHeaderBytes);
  bytes.writeUInt32LE(sumOf(bytes), crcOffset);
  return bytes;
}

export interface DecodedRecord {
  record: LogRecord;
  /** Offset of the next record. */
  end: number;
}

/** The record at `offset`, or null when the bytes there are torn or damaged. */
export function decodeRecord(bytes: Buffer, offset: number): DecodedRecord | null {
  if (offset + recordHeaderBytes > bytes.length) return null;
  const payloadBytes = bytes.readUInt32LE(offset + 12);
  const end = offset + recordHeaderBytes + payloadBytes;
  if (payloadBytes > maxPayloadBytes || end > bytes.length) return null;
  const slice = bytes.subarray(offset, end);
  if (slice.readUInt8(1) !== version || slice.readUInt32LE(crcOffset) !== sumOf(slice)) return null;
  const seq = slice.readUInt32LE(4);
  switch (slice.readUInt8(0)) {
    case typeCodes.chunk: {
      const capturedAtMs = slice.readDoubleLE(16);
      return {
        record: {
          type: 'chunk',
          seq,
          capturedAtMs: Number.isNaN(capturedAtMs) ? null : capturedAtMs,
          pcm: slice.subarray(recordHeaderBytes),
        },
        end,
      };
    }
    case typeCodes.gap:
      return { record: { type: 'gap', seq, toSeq: slice.readUInt32LE(8) }, end };
    default:
      return null;
  }
}

/** Offset of the next whole record behind damaged bytes, or null when none follows. */
export function findRecord(bytes: Buffer, from: number): number | null {
  for (let offset = from; offset + recordHeaderBytes <= bytes.length; offset++) {
    const type = bytes[offset];
    const likely =
      (type === typeCodes.chunk || type === typeCodes.gap) &&
      bytes[offset + 1] === version &&
      bytes.readUInt16LE(offset + 2) === 0;
    if (likely && decodeRecord(bytes, offset)) return offset;
  }
  return null;
}

function sumOf(record: Buffer): number {
  const head = crc32(record.subarray(0, crcOffset));
  return crc32(record.subarray(recordHeaderBytes), head);
}
