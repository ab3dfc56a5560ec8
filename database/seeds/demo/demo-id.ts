import { createHash } from 'node:crypto';

/** A stable id for a row of the demonstration data, so that seeding again finds it. */
export function demoId(name: string): string {
  const bytes = createHash('sha256').update(`medcall-demo:${name}`).digest().subarray(0, 16);
  // Version 8 (custom) and the RFC 9562 variant.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
