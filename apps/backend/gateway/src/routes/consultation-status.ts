import {
  cancelConsultation,
  consultation,
  convertConsultation,
  moveConsultation,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Consultations } from '../services/consultations.ts';

const tag = 'Consultas';
const params = z.object({ id: uuid });

/** What ends or turns a consultation from outside of its room. */
export function consultationStatusRoutes(consultations: Consultations): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/consultations/:id/move',
      tag,
      summary: 'Muda horário, duração ou médico, para quem viu a versão atual',
      params,
      body: moveConsultation,
      success: { status: 200, description: 'A consulta no novo horário', json: consultation },
      handle: async (context) => ({
        status: 200,
        json: await consultations.move(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/cancel',
      tag,
      summary: 'Cancela uma consulta que ainda não começou',
      params,
      body: cancelConsultation,
      success: { status: 200, description: 'A consulta cancelada', json: consultation },
      handle: async (context) => ({
        status: 200,
        json: await consultations.cancel(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/no-show',
      tag,
      summary: 'Registra que o paciente não veio',
      params,
      success: { status: 200, description: 'A consulta mudada', json: consultation },
      handle: async (context) => ({
        status: 200,
        json: await consultations.noShow(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/convert',
      tag,
      summary: 'Passa a consulta para presencial, com o motivo',
      params,
      body: convertConsultation,
      success: { status: 200, description: 'A consulta mudada', json: consultation },
      handle: async (context) => ({
        status: 200,
        json: await consultations.convert(callingOf(context), context.params.id, context.body),
      }),
    }),
  ];
}
