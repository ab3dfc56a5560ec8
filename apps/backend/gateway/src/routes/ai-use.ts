import { aiUse, listOf, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { AiUses } from '../services/notes/ai-use.ts';

const tag = 'Nota da consulta';
const params = z.object({ id: uuid });

export function aiUseRoutes(aiUses: AiUses): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/ai-use',
      tag,
      summary: 'O que a IA fez nesta consulta e o que o médico decidiu de cada resultado',
      params,
      success: { status: 200, description: 'Os usos, em ordem', json: listOf(aiUse) },
      handle: async (context) => ({
        status: 200,
        json: {
          items: await aiUses.of(callingOf(context), context.params.id),
          nextCursor: null,
        },
      }),
    }),
  ];
}
