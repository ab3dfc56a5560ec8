import { followUp, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { FollowUps } from '../services/follow-ups.ts';

export function followUpRoutes(followUps: FollowUps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/follow-up',
      tag: 'Consultas',
      summary: 'Há quanto tempo o paciente não vem em pessoa; avisa depois de 180 dias',
      params: z.object({ id: uuid }),
      success: { status: 200, description: 'O intervalo', json: followUp },
      handle: async (context) => ({
        status: 200,
        json: await followUps.of(callingOf(context), context.params.id),
      }),
    }),
  ];
}
