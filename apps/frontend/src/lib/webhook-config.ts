/** Where the gateway keeps the clinic's outgoing webhook: configuration, deliveries, resend. */
export const webhookPath = '/api/clinic/webhook';
