/**
 * The part of a path that may be a label: `/api/consultations/123/note` is `/api/consultations`. What no
 * route answered is one label together, or a scanner would make a time series of every word it tries.
 */
export function routeLabel(path: string, status: number): string {
  if (status === 404) return 'unknown';
  const [, first = '', second] = path.split('/', 3);
  return second === undefined ? `/${first}` : `/${first}/${second}`;
}
