import {
  consultation,
  createConsultation,
  listConsultationsQuery,
  listOf,
  roomConsultation,
  updateConsultation,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Consultations } from '../services/consultations.ts';
import type { Invited } from '../services/invited.ts';

const tag = 'Consultas';
const params = z.object({ id: uuid });

export function consultationRoutes(consultations: Consultations, invited: Invited): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations',
      tag,
      summary: 'Consultas por dia, estado ou paciente; a lista do médico é a sua agenda',
      query: listConsultationsQuery,
      success: { status: 200, description: 'Uma página', json: listOf(consultation) },
      handle: async (context) => ({
        status: 200,
        json: await consultations.list(callingOf(context), membershipOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations',
      tag,
      summary: 'Marca uma consulta, ou abre uma agora quando não há horário',
      body: createConsultation,
      success: { status: 201, description: 'A consulta criada', json: consultation },
      handle: async (context) => ({
        status: 201,
        json: await consultations.create(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id',
      tag,
      summary: 'Uma consulta; a pessoa convidada vê só o que a sala mostra',
      params,
      success: {
        status: 200,
        description: 'A consulta',
        json: z.union([consultation, roomConsultation]),
      },
      handle: async (context) => {
        const { caller, params: wanted } = context;
        if (caller.kind === 'patient') {
          return { status: 200, json: await invited.consultationOf(caller) };
        }
        return { status: 200, json: await consultations.get(callingOf(context), wanted.id) };
      },
    }),
    route({
      method: 'patch',
      path: '/api/consultations/:id',
      tag,
      summary: 'Muda horário, duração, uso de IA ou teto de custo',
      params,
      body: updateConsultation,
      success: { status: 200, description: 'A consulta mudada', json: consultation },
      handle: async (context) => ({
        status: 200,
        json: await consultations.update(callingOf(context), context.params.id, context.body),
      }),
    }),
  ];
}
