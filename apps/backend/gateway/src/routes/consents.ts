import { notFound } from '@medcall/service-kit';
import { consent, giveConsent, listOf, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, type RouteCaller, route } from '../api/route.ts';
import type { Consents } from '../services/consents.ts';
import type { Invited } from '../services/invited.ts';

const tag = 'Consentimentos';
const params = z.object({ id: uuid });
const access = ['medico', 'paciente'] as const;

export function consentRoutes(consents: Consents, invited: Invited): Route[] {
  /** A room token is for its own consultation, while invitation and consultation are open. */
  const mustBeOwn = async ({ caller }: RouteCaller, consultationId: string) => {
    if (caller.kind !== 'patient') return;
    if (caller.consultationId !== consultationId) throw notFound();
    await invited.consultationOf(caller);
  };
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/consents',
      tag,
      summary: 'O que foi aceito e retirado, do mais novo ao mais antigo',
      access,
      params,
      success: { status: 200, description: 'Os consentimentos', json: listOf(consent) },
      handle: async (context) => {
        await mustBeOwn(context, context.params.id);
        const items = await consents.list(callingOf(context), context.params.id);
        return { status: 200, json: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/consents',
      tag,
      summary: 'Aceita ou retira; o mais novo de cada tipo vale',
      access,
      params,
      body: giveConsent,
      success: { status: 201, description: 'O consentimento registrado', json: consent },
      handle: async (context) => {
        await mustBeOwn(context, context.params.id);
        return {
          status: 201,
          json: await consents.give(callingOf(context), context.params.id, context.body),
        };
      },
    }),
  ];
}
