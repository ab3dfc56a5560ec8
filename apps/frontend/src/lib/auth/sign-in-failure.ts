import { z } from 'zod';

const failure = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrong') }),
  z.object({ code: z.literal('wrong_code') }),
  /** Too long between password and code. */
  z.object({ code: z.literal('too_late') }),
  z.object({ code: z.literal('limited'), seconds: z.number().nullable() }),
  z.object({ code: z.literal('unreachable') }),
]);
export type SignInFailure = z.infer<typeof failure>;

/** Carries the reason of a refused sign-in through next-auth, which passes on one string. */
export const signInFailure = {
  encode: (value: SignInFailure): string => JSON.stringify(value),
  /** Anything unknown reads as a wrong password only when next-auth says so; else the service is at fault. */
  decode: (text: string | null | undefined): SignInFailure => {
    if (text === 'CredentialsSignin') return { code: 'wrong' };
    try {
      const parsed = failure.safeParse(JSON.parse(text ?? ''));
      return parsed.success ? parsed.data : { code: 'unreachable' };
    } catch {
      return { code: 'unreachable' };
    }
  },
};
