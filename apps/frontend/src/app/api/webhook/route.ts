import { revalidatePath } from 'next/cache';
import { forwardToGateway } from '#lib/api/forward.ts';
import { serverEnv } from '#lib/env.ts';
import { SeenDeliveries } from '#lib/seen-deliveries.ts';
import { checkWebhook, largestBodyBytes, webhookPath } from '#lib/webhook-config.ts';

/** The clinic's outgoing webhook, for its administrator. Secrets and deliveries stay in the gateway. */
export const GET = (request: Request) => forwardToGateway(request, webhookPath);
export const PUT = (request: Request) => forwardToGateway(request, webhookPath);

const seen = new SeenDeliveries();

/**
 * Takes a delivery of the gateway when a clinic points its webhook here: what changed is shown at the
 * next look, without waiting. Nothing in it is believed before its signature and its time are checked.
 */
export async function POST(request: Request): Promise<Response> {
  const { webhookSecret } = serverEnv();
  if (webhookSecret === null) return answer(404);
  const body = await request.text();
  if (body.length > largestBodyBytes) return answer(413);
  const check = checkWebhook(request.headers, body, webhookSecret, Math.floor(Date.now() / 1000));
  if (check.kind === 'refused') {
    console.warn('[webhook] refused', check.why);
    return answer(check.why === 'body' ? 400 : 401);
  }
  if (seen.take(check.id)) {
    for (const page of ['/dashboard', '/agenda']) revalidatePath(page);
  }
  return answer(204);
}

function answer(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
}
