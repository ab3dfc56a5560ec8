import { device, listOf, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Devices } from '../services/devices.ts';

const tag = 'Conta';

export function deviceRoutes(devices: Devices): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/sessions',
      tag,
      summary: 'Onde a conta está aberta',
      success: { status: 200, description: 'As sessões abertas', json: listOf(device) },
      handle: async (context) => ({
        status: 200,
        json: { items: await devices.list(callingOf(context)), nextCursor: null },
      }),
    }),
    route({
      method: 'delete',
      path: '/api/me/sessions/:id',
      tag,
      summary: 'Encerra uma sessão da própria conta',
      params: z.object({ id: uuid }),
      success: { status: 204, description: 'Encerrada' },
      handle: async (context) => {
        await devices.end(callingOf(context), context.params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'delete',
      path: '/api/me/sessions',
      tag,
      summary: 'Encerra todas as sessões, esta também',
      success: { status: 204, description: 'Encerradas' },
      handle: async (context) => {
        await devices.endAll(callingOf(context));
        return { status: 204 };
      },
    }),
  ];
}
