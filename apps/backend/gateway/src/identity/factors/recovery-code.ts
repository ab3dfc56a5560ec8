import { randomInt } from 'node:crypto';

/** Without the characters that are taken for others: 0 and o, 1, i and l. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
/** 79 bits; people type it in four groups. */
const length = 16;
const selectorLength = 4;

export const recoveryCodesInASet = 10;

/** A code in its canonical form: lower case, no separators. */
export function newRecoveryCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Ten codes whose beginnings differ. */
export function newRecoveryCodes(): string[] {
  const codes = new Map<string, string>();
  while (codes.size < recoveryCodesInASet) {
    const code = newRecoveryCode();
    codes.set(selectorOf(code), code);
  }
  return [...codes.values()];
}

/** As it was typed: case, blanks and hyphens do not count. */
export function normaliseRecoveryCode(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '');
}

/** What finds the row of a code; it proves nothing. */
export function selectorOf(code: string): string {
  return code.slice(0, selectorLength);
}
