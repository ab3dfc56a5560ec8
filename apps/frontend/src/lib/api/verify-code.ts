import { type Verification, verification } from '@medcall/shared-types';

export type CodeCheck =
  | { kind: 'known'; document: Verification }
  | { kind: 'unknown' }
  | { kind: 'limited' }
  | { kind: 'unreachable' };

const deadlineMs = 10_000;

/** Asks the gateway about a printed code. A gateway that is away says nothing about the document. */
export async function verifyCode(
  gatewayUrl: string,
  code: string,
  doFetch: typeof fetch = fetch,
): Promise<CodeCheck> {
  let answer: Response;
  try {
    answer = await doFetch(`${gatewayUrl}/api/verify/${encodeURIComponent(code)}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch {
    return { kind: 'unreachable' };
  }
  // 400 is a code too short or too long to be one of ours.
  if (answer.status === 404 || answer.status === 400) return { kind: 'unknown' };
  if (answer.status === 429) return { kind: 'limited' };
  const parsed = verification.safeParse(await answer.json().catch(() => undefined));
  return answer.ok && parsed.success
    ? { kind: 'known', document: parsed.data }
    : { kind: 'unreachable' };
}

/** The code in a path's segment; a malformed escape names no code of ours. */
export function codeInPath(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
