import { z } from 'zod';

const kind = z.enum(['recovery', 'invite', 'signup', 'email_change']);

/**
 * What a link in a mail of the identity carries. `hash`: a token that opens the account once. `session`:
 * the hosted Supabase's default mails lead through its own server, which has spent the token already.
 */
export const mailedLink = z.discriminatedUnion('form', [
  z.object({ form: z.literal('hash'), kind, tokenHash: z.string().min(16).max(500) }),
  z.object({
    form: z.literal('session'),
    kind,
    accessToken: z.string().min(16).max(8000),
    refreshToken: z.string().min(1).max(1000),
  }),
]);
export type MailedLink = z.infer<typeof mailedLink>;

/**
 * Reads a link's address. Null: nobody came by a link; `expired`: the identity refused it on the way, or the
 * mail program cut it off: it opens nothing, and whoever came by it is told.
 */
export function readMailedLink(location: {
  hash: string;
  search: string;
}): MailedLink | 'expired' | null {
  const values = new URLSearchParams(location.search);
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) values.set(name, value);
  if (values.has('error_code')) return 'expired';
  const link = mailedLink.safeParse({
    form: values.has('token_hash') ? 'hash' : 'session',
    kind: values.get('type'),
    tokenHash: values.get('token_hash'),
    accessToken: values.get('access_token'),
    refreshToken: values.get('refresh_token'),
  });
  if (link.success) return link.data;
  return values.has('token_hash') || values.has('access_token') ? 'expired' : null;
}
