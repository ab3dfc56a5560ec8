import { createHmac } from 'node:crypto';

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The W3C `traceparent` with another trace id, the same one for all that names the same trace: what one screen asks
 * for stays together, and who made the id up does not know what became of it.
 * @returns undefined for what is no `traceparent`
 */
export function keyedTraceparent(secret: string, said: string): string | undefined {
  const [, traceId, parentId, flags] = traceparent.exec(said) ?? [];
  if (traceId === undefined) return undefined;
  const ours = createHmac('sha256', secret).update(`trace ${traceId}`).digest('hex').slice(0, 32);
  return `00-${ours}-${parentId}-${flags}`;
}
