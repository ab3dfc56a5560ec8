import { consent, consentTextView, giveConsent, listOf, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { publicRoute, type Route, type RouteCaller, route } from '../api/route.ts';
import { type Consents, currentConsentTexts } from '../services/consents.ts';
import type { Invited } from '../services/invited.ts';

const tag = 'Consentimentos';
const params = z.object({ id: uuid });

export function consentRoutes(consents: Consents, invited: Invited): Route[] {
  /** A room token counts while invitation and consultation are open. */
  const mustBeOpen = async ({ caller }: RouteCaller) => {
    if (caller.kind === 'patient') await invited.consultationOf(caller);
  };
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/consents',
      tag,
      summary: 'O que foi aceito e retirado, do mais novo ao mais antigo',
      params,
      success: { status: 200, description: 'Os consentimentos', json: listOf(consent) },
      handle: async (context) => {
        await mustBeOpen(context);
        const items = await consents.list(callingOf(context), context.params.id);
        return { status: 200, json: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/consents',
      tag,
      summary: 'Aceita ou retira; o mais novo de cada tipo vale',
      params,
      body: giveConsent,
      success: { status: 201, description: 'O consentimento registrado', json: consent },
      handle: async (context) => {
        await mustBeOpen(context);
        return {
          status: 201,
          json: await consents.give(callingOf(context), context.params.id, context.body),
        };
      },
    }),
    publicRoute({
      method: 'get',
      path: '/api/consent-texts',
      tag,
      summary: 'Os textos que se aceitam, com versão e hash',
      success: { status: 200, description: 'Os textos', json: listOf(consentTextView) },
      handle: () =>
        Promise.resolve({ status: 200, json: { items: currentConsentTexts(), nextCursor: null } }),
    }),
  ];
}
