import type { Limiter } from '@medcall/service-kit';
import {
  createdInvitation,
  createInvitation,
  exchangedInvitation,
  exchangeInvitation,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { publicRoute, type Route, route } from '../api/route.ts';
import type { Invitations } from '../services/invitations.ts';

const tag = 'Convites';

export function invitationRoutes(invitations: Invitations, exchangeLimiter: Limiter): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/invitations',
      tag,
      summary: 'Cria o link da sala para o paciente ou um acompanhante; o token aparece só aqui',
      body: createInvitation,
      success: { status: 201, description: 'O convite', json: createdInvitation },
      handle: async (context) => ({
        status: 201,
        json: await invitations.create(callingOf(context), context.body),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/invitations/:id',
      tag,
      summary: 'Revoga um convite: o link e os acessos feitos dele deixam de valer',
      params: z.object({ id: uuid }),
      success: { status: 204, description: 'Revogado' },
      handle: async (context) => {
        await invitations.revoke(callingOf(context), context.params.id);
        return { status: 204 };
      },
    }),
    publicRoute({
      method: 'post',
      path: '/api/invitations/exchange',
      tag,
      summary:
        'Troca o convite por um acesso de 15 minutos; o de documentos pede a data de nascimento',
      body: exchangeInvitation,
      limiter: exchangeLimiter,
      success: { status: 200, description: 'O acesso e a consulta', json: exchangedInvitation },
      handle: async ({ body, origin }) => {
        const { ip, requestId } = origin;
        return { status: 200, json: await invitations.exchange(body, { ip, requestId }) };
      },
    }),
  ];
}
