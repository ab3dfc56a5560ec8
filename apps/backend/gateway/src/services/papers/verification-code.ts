import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike on paper (0 O, 1 I L, U V). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const groups = 4;
const groupLength = 4;

/** 16 characters, 77 bits: `7KQM-4R2T-XH9C-PW3E`. Too many to be found by trying. */
export function newVerificationCode(): string {
  const group = () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** As people type it: small letters, blanks, hyphens anywhere. */
export function normaliseCode(written: string): string {
  const plain = written.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return plain.length === groups * groupLength ? (plain.match(/.{4}/g) ?? []).join('-') : plain;
}
