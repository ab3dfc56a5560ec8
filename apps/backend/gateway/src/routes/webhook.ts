import {
  listDeliveriesQuery,
  listOf,
  updateWebhook,
  uuid,
  webhookDelivery,
  webhookSettings,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { WebhookDeliveries } from '../services/webhook-deliveries.ts';
import type { Webhooks } from '../services/webhooks.ts';

const tag = 'Webhook da clínica';

export function webhookRoutes(webhooks: Webhooks, deliveries: WebhookDeliveries): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/clinic/webhook',
      tag,
      summary: 'O webhook da clínica',
      success: { status: 200, description: 'A configuração, sem o segredo', json: webhookSettings },
      handle: async (context) => ({
        status: 200,
        json: await webhooks.settings(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'put',
      path: '/api/clinic/webhook',
      tag,
      summary: 'Liga, muda ou desliga o webhook; o segredo aparece só ao ser criado',
      body: updateWebhook,
      success: { status: 200, description: 'A configuração', json: webhookSettings },
      handle: async (context) => ({
        status: 200,
        json: await webhooks.update(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/webhook/secret',
      tag,
      summary: 'Troca o segredo; o anterior assina junto por 24 horas',
      success: {
        status: 200,
        description: 'A configuração, com o segredo novo',
        json: webhookSettings,
      },
      handle: async (context) => ({
        status: 200,
        json: await webhooks.renewSecret(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/webhook/test',
      tag,
      summary: 'Envia um aviso de teste',
      success: { status: 202, description: 'A entrega, ainda por fazer', json: webhookDelivery },
      handle: async (context) => ({
        status: 202,
        json: await deliveries.test(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'get',
      path: '/api/clinic/webhook/deliveries',
      tag,
      summary: 'As entregas e o destino de cada uma',
      query: listDeliveriesQuery,
      success: {
        status: 200,
        description: 'Uma página, da mais nova à mais antiga',
        json: listOf(webhookDelivery),
      },
      handle: async (context) => ({
        status: 200,
        json: await deliveries.deliveries(callingOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/webhook/deliveries/:id/resend',
      tag,
      summary: 'Entrega de novo, com o mesmo identificador',
      params: z.object({ id: uuid }),
      success: { status: 202, description: 'A entrega, ainda por refazer', json: webhookDelivery },
      handle: async (context) => ({
        status: 202,
        json: await deliveries.resend(callingOf(context), context.params.id),
      }),
    }),
  ];
}
