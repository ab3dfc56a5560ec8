import { z } from 'zod';

/** Sign-in form, checked in the page and again on the server. */
export const signInInput = z.object({
  email: z.email('Informe um e-mail válido.').max(200),
  password: z.string().min(1, 'Informe sua senha.').max(200),
});
export type SignInInput = z.infer<typeof signInInput>;

/** Only a path of this site may be returned to after signing in. */
export function safeReturnPath(value: string | null | undefined, otherwise = '/dashboard'): string {
  if (!value?.startsWith('/') || /^\/[/\\]/.test(value) || /[\\\p{Cc}]/u.test(value))
    return otherwise;
  return value.startsWith('/login') ? otherwise : value;
}
