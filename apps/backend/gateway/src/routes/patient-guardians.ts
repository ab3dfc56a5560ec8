import { patient, putGuardian, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { PatientGuardians } from '../services/patient-guardians.ts';

const tag = 'Pacientes';
const params = z.object({ id: uuid, guardianId: uuid });
const guardianList = z.object({ guardians: patient.shape.guardians.unwrap() });

export function patientGuardianRoutes(guardians: PatientGuardians): Route[] {
  return [
    route({
      method: 'put',
      path: '/api/patients/:id/guardians/:guardianId',
      tag,
      summary: 'Registra quem responde pelo paciente; os dois já têm ficha na clínica',
      params,
      body: putGuardian,
      success: { status: 200, description: 'Os responsáveis', json: guardianList },
      handle: async (context) => ({
        status: 200,
        json: {
          guardians: await guardians.put(callingOf(context), context.params, context.body.relation),
        },
      }),
    }),
    route({
      method: 'delete',
      path: '/api/patients/:id/guardians/:guardianId',
      tag,
      summary: 'Esta pessoa deixa de responder pelo paciente; o que ela assinou fica',
      params,
      success: { status: 204, description: 'Retirado' },
      handle: async (context) => {
        await guardians.end(callingOf(context), context.params);
        return { status: 204 };
      },
    }),
  ];
}
