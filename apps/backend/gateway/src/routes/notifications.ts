import {
  listNotificationsQuery,
  listOf,
  notification,
  resolveNotification,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Notifications } from '../services/notifications.ts';

const tag = 'Avisos e mensagens';
const params = z.object({ id: uuid });

export function notificationRoutes(notifications: Notifications): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/notifications',
      tag,
      summary: 'Avisos a quem pergunta e o destino das mensagens aos pacientes',
      query: listNotificationsQuery,
      success: {
        status: 200,
        description: 'Uma página, do mais novo ao mais antigo',
        json: listOf(notification),
      },
      handle: async (context) => ({
        status: 200,
        json: await notifications.list(callingOf(context), membershipOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/notifications/:id/read',
      tag,
      summary: 'Marca um aviso próprio como lido',
      params,
      success: { status: 200, description: 'O aviso', json: notification },
      handle: async (context) => ({
        status: 200,
        json: await notifications.read(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'post',
      path: '/api/notifications/:id/resolve',
      tag,
      summary: 'Decide sobre uma mensagem que falhou ou que ninguém sabe se saiu',
      params,
      body: resolveNotification,
      success: { status: 200, description: 'A mensagem', json: notification },
      handle: async (context) => ({
        status: 200,
        json: await notifications.resolve(callingOf(context), context.params.id, context.body),
      }),
    }),
  ];
}
