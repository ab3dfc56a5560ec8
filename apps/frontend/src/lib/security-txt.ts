/** Half a year: RFC 9116 §2.5.5 wants less than one. */
const validMs = 180 * 86_400_000;

/** `/.well-known/security.txt` (RFC 9116): whom to tell about a weakness. */
export function securityTxt(contact: string, frontendUrl: string, nowMs: number): string {
  return [
    `Contact: ${contact}`,
    `Expires: ${new Date(nowMs + validMs).toISOString()}`,
    'Preferred-Languages: pt, en',
    `Canonical: ${frontendUrl}/.well-known/security.txt`,
    '',
  ].join('\n');
}
