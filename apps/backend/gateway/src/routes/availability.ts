import {
  availability,
  createdException,
  createException,
  freeSlots,
  ofDoctorQuery,
  replaceAvailability,
  slotsQuery,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { AgendaHours } from '../services/agenda/availability.ts';

const tag = 'Agenda';

export function availabilityRoutes(hours: AgendaHours): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/availability',
      tag,
      summary: 'Horários semanais de um médico e as exceções que ainda valem',
      query: ofDoctorQuery,
      success: { status: 200, description: 'A agenda', json: availability },
      handle: async (context) => ({
        status: 200,
        json: await hours.get(callingOf(context), membershipOf(context), context.query.doctor_id),
      }),
    }),
    route({
      method: 'put',
      path: '/api/availability',
      tag,
      summary: 'Troca os horários semanais inteiros, para quem viu a versão atual',
      body: replaceAvailability,
      success: { status: 200, description: 'A agenda mudada', json: availability },
      handle: async (context) => ({
        status: 200,
        json: await hours.replace(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/availability/exceptions',
      tag,
      summary: 'Bloqueia um período ou abre horário extra; nada é cancelado por isto',
      body: createException,
      success: {
        status: 201,
        description: 'A exceção e as consultas que caem nela',
        json: createdException,
      },
      handle: async (context) => ({
        status: 201,
        json: await hours.except(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/availability/exceptions/:id',
      tag,
      summary: 'Retira uma exceção',
      params: z.object({ id: uuid }),
      success: { status: 204, description: 'Retirada' },
      handle: async (context) => {
        await hours.removeException(callingOf(context), context.params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/api/availability/slots',
      tag,
      summary: 'Horários livres de um médico, dia a dia',
      query: slotsQuery,
      success: { status: 200, description: 'Os horários livres', json: freeSlots },
      handle: async (context) => ({
        status: 200,
        json: await hours.slots(callingOf(context), membershipOf(context), context.query),
      }),
    }),
  ];
}
