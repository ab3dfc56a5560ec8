import {
  clinic,
  clinicDoctor,
  inviteDoctor,
  listOf,
  updateClinic,
  updateDoctor,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Clinics } from '../services/clinics.ts';
import type { DoctorInvitations } from '../services/doctor-invitations.ts';

const tag = 'Clínica';

export function clinicRoutes(clinics: Clinics, invitations: DoctorInvitations): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/clinic',
      tag,
      summary: 'A clínica de quem pergunta',
      success: { status: 200, description: 'A clínica', json: clinic },
      handle: async (context) => ({
        status: 200,
        json: await clinics.get(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/clinic',
      tag,
      summary: 'Muda os dados da clínica e o teto mensal de IA',
      body: updateClinic,
      success: { status: 200, description: 'A clínica mudada', json: clinic },
      handle: async (context) => ({
        status: 200,
        json: await clinics.update(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'get',
      path: '/api/clinic/doctors',
      tag,
      summary: 'Os médicos da clínica',
      success: { status: 200, description: 'Os médicos', json: listOf(clinicDoctor) },
      handle: async (context) => ({
        status: 200,
        json: { items: await clinics.doctors(callingOf(context)), nextCursor: null },
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/doctors',
      tag,
      summary: 'Convida um médico: cria a conta e envia o link por e-mail',
      body: inviteDoctor,
      success: { status: 201, description: 'O médico', json: clinicDoctor },
      handle: async (context) => ({
        status: 201,
        json: await invitations.invite(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/clinic/doctors/:id',
      tag,
      summary: 'Muda nome, CRM, RQE e especialidade; o que já foi assinado fica como está',
      params: z.object({ id: uuid }),
      body: updateDoctor,
      success: { status: 200, description: 'O médico', json: clinicDoctor },
      handle: async (context) => ({
        status: 200,
        json: await clinics.updateDoctor(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/doctors/:id/deactivate',
      tag,
      summary: 'Desliga um médico: o acesso acaba na hora, o que ele registrou fica',
      params: z.object({ id: uuid }),
      success: { status: 200, description: 'O médico', json: clinicDoctor },
      handle: async (context) => ({
        status: 200,
        json: await clinics.deactivateDoctor(callingOf(context), context.params.id),
      }),
    }),
  ];
}
