'use server';
import { z } from 'zod';
import { changePassword, endOtherSessions, type PasswordAnswer } from '#lib/auth/own-account.ts';

const passwords = z.object({
  current: z.string().min(1).max(256),
  next: z.string().min(1).max(256),
});

/** Next refuses actions from other origins before they get here. */
export async function changePasswordAction(input: unknown): Promise<PasswordAnswer> {
  const parsed = passwords.safeParse(input);
  return parsed.success ? changePassword(parsed.data) : 'unreachable';
}

/** True when only this session is left. */
export async function endOtherSessionsAction(): Promise<boolean> {
  return endOtherSessions();
}
