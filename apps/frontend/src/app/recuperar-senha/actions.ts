'use server';
import { z } from 'zod';
import { mailedLink } from '#lib/auth/mailed-link.ts';
import { pendingRecovery } from '#lib/auth/pending-recovery.ts';
import { askForLink, type RecoverAnswer } from '#lib/auth/recover.ts';
import { finishRecovery, openByLink } from '#lib/auth/recover-by-link.ts';
import { shownCodeInput } from '#lib/validations.ts';

const askInput = z.object({ email: z.email().max(200) });
const finishInput = z.object({
  password: z.string().min(1).max(256),
  /** Null: the code was accepted before, and the password was not. */
  shown: shownCodeInput.pick({ code: true, kind: true }).nullable(),
});
const linkInput = z.object({ link: mailedLink, password: z.string().min(1).max(256).nullable() });

/** Next refuses actions from other origins before they get here. */
export async function askForLinkAction(input: unknown): Promise<RecoverAnswer> {
  const parsed = askInput.safeParse(input);
  return parsed.success ? askForLink(parsed.data.email) : 'unreachable';
}

export async function openByLinkAction(input: unknown): Promise<RecoverAnswer> {
  const parsed = linkInput.safeParse(input);
  return parsed.success
    ? openByLink(parsed.data.link, parsed.data.password, pendingRecovery)
    : 'expired';
}

export async function finishRecoveryAction(input: unknown): Promise<RecoverAnswer> {
  const parsed = finishInput.safeParse(input);
  if (!parsed.success) return 'wrong_code';
  return finishRecovery(parsed.data.password, parsed.data.shown, pendingRecovery);
}
