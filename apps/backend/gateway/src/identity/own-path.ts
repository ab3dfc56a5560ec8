/**
 * The path of our own frontend that a client asks to be sent to, or null. The token of a mail goes
 * there, so that no other site may be named.
 */
export function ownPath(asked: unknown, frontendUrl: string): string | null {
  if (typeof asked !== 'string' || asked === '') return null;
  const own = new URL(frontendUrl);
  const wanted = URL.canParse(asked, own.href) ? new URL(asked, own.href) : undefined;
  if (!wanted || wanted.origin !== own.origin) return null;
  return (wanted.pathname + wanted.search).slice(0, 500);
}
