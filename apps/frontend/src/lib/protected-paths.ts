/** First segments of pages that only a signed-in person of a clinic may open. */
const protectedSegments = new Set([
  'dashboard',
  'agenda',
  'admin',
  'consulta',
  'consulta-presencial',
  'pacientes',
  'configuracoes',
]);

/** True for a page behind the sign-in. `/call` is not: invited people have no account. */
export function isProtectedPath(pathname: string): boolean {
  let decoded = pathname;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // A malformed escape names no page of ours; the router answers it.
  }
  const first = decoded.split('/').find((segment) => segment !== '');
  return first !== undefined && protectedSegments.has(first.toLowerCase());
}

/** Where the code of the second factor is asked for, with the way back. */
export function secondStepPath(from: string): string {
  return `/verificacao?de=${encodeURIComponent(from)}`;
}
