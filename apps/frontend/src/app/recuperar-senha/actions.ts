'use server';
import { z } from 'zod';
import { mailedLink } from '#lib/auth/mailed-link.ts';
import { askForLink, openByLink, type RecoverAnswer } from '#lib/auth/recover.ts';

const askInput = z.object({ email: z.email().max(200) });
const linkInput = z.object({ link: mailedLink, password: z.string().min(1).max(256).nullable() });

/** Next refuses actions from other origins before they get here. */
export async function askForLinkAction(input: unknown): Promise<RecoverAnswer> {
  const parsed = askInput.safeParse(input);
  return parsed.success ? askForLink(parsed.data.email) : 'unreachable';
}

export async function openByLinkAction(input: unknown): Promise<RecoverAnswer> {
  const parsed = linkInput.safeParse(input);
  return parsed.success ? openByLink(parsed.data.link, parsed.data.password) : 'expired';
}
