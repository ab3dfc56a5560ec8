/**
 * Milliseconds after which a vendor wants to be asked again, if it says so: `retry-after-ms` is
 * Azure's own header; `Retry-After` is seconds or a date (RFC 9110 §10.2.3).
 */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number | undefined {
  const exact = headers?.get('retry-after-ms');
  if (exact && Number.isFinite(Number(exact))) return Number(exact);
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
