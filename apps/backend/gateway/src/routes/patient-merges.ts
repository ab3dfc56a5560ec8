import { mergePatient, patient, patientGroup, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { PatientMerges } from '../services/patient-merges.ts';
import type { Patients } from '../services/patients.ts';

const tag = 'Pacientes';
const params = z.object({ id: uuid });

export function patientMergeRoutes(merges: PatientMerges, patients: Patients): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/patients/duplicates/dismiss',
      tag,
      summary: 'Diz que as fichas são de pessoas diferentes; o grupo deixa de aparecer',
      body: patientGroup,
      success: { status: 204, description: 'Anotado' },
      handle: async (context) => {
        const { patient_ids: ids } = context.body;
        await merges.tellApart(callingOf(context), membershipOf(context), ids);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/patients/duplicates/reopen',
      tag,
      summary: 'Volta a mostrar um grupo que foi dispensado',
      body: patientGroup,
      success: { status: 204, description: 'Anotado' },
      handle: async (context) => {
        await merges.doubtAgain(callingOf(context), context.body.patient_ids);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/patients/:id/merge',
      tag,
      summary:
        'Une outra ficha a esta: as duas são da mesma pessoa. Nada se perde; pode ser desfeito',
      params,
      body: mergePatient,
      success: { status: 200, description: 'A ficha mantida', json: patient },
      handle: async (context) => {
        const calling = callingOf(context);
        const { id } = context.params;
        await merges.merge(calling, id, context.body.merged_id);
        return { status: 200, json: await patients.get(calling, id) };
      },
    }),
    route({
      method: 'post',
      path: '/api/patients/:id/part',
      tag,
      summary: 'Separa a ficha daquela a que foi unida: as duas voltam a ser o que eram',
      params,
      success: { status: 200, description: 'A ficha separada', json: patient },
      handle: async (context) => {
        const calling = callingOf(context);
        const { id } = context.params;
        await merges.part(calling, id);
        return { status: 200, json: await patients.get(calling, id) };
      },
    }),
  ];
}
