import { forwardToGateway } from '#lib/api/forward.ts';
import { webhookPath } from '#lib/webhook-config.ts';

/** The clinic's outgoing webhook, for its administrator. Secrets and deliveries stay in the gateway. */
export const GET = (request: Request) => forwardToGateway(request, webhookPath);
export const PUT = (request: Request) => forwardToGateway(request, webhookPath);
