import {
  careRelation,
  createCareRelation,
  createPatient,
  importPatients,
  importReport,
  listDuplicatesQuery,
  listOf,
  listPatientsQuery,
  patient,
  patientCard,
  patientDuplicate,
  searchPatients,
  updatePatient,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { PatientDuplicates } from '../services/patient-duplicates.ts';
import type { PatientImport } from '../services/patient-import/patient-import.ts';
import type { Patients } from '../services/patients.ts';

const tag = 'Pacientes';
const params = z.object({ id: uuid });

export function patientRoutes(
  patients: Patients,
  imports: PatientImport,
  duplicates: PatientDuplicates,
): Route[] {
  return [...listRoutes(imports, duplicates), ...cardRoutes(patients)];
}

/** Before `/:id`, which would take their names for an id. */
function listRoutes(imports: PatientImport, duplicates: PatientDuplicates): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/patients/duplicates',
      tag,
      summary:
        'Fichas que podem ser da mesma pessoa: mesmo nome e nascimento, ou um CPF dado duas vezes',
      query: listDuplicatesQuery,
      success: { status: 200, description: 'Uma página', json: listOf(patientDuplicate) },
      handle: async ({ caller, query }) => ({ status: 200, json: await duplicates(caller, query) }),
    }),
    route({
      method: 'post',
      path: '/api/patients/import',
      tag,
      summary: 'Traz pacientes de um CSV; o relatório diz de cada linha o que houve',
      body: importPatients,
      success: { status: 200, description: 'O relatório', json: importReport },
      handle: async (context) => ({
        status: 200,
        json: await imports.run(callingOf(context), membershipOf(context), context.body),
      }),
    }),
  ];
}

function cardRoutes(patients: Patients): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/patients',
      tag,
      summary: 'Pacientes da clínica; a busca não liga para acentos e perdoa erros de digitação',
      query: listPatientsQuery,
      success: { status: 200, description: 'Uma página', json: listOf(patientCard) },
      handle: async (context) => ({
        status: 200,
        json: await patients.search(callingOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/patients/search',
      tag,
      summary: 'A mesma busca, sem nada no endereço: para CPF e telefone',
      body: searchPatients,
      success: { status: 200, description: 'Uma página', json: listOf(patientCard) },
      handle: async (context) => ({
        status: 200,
        json: await patients.search(callingOf(context), context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/patients',
      tag,
      summary: 'Cadastra; um CPF que a clínica já tem responde 409 com o paciente',
      body: createPatient,
      success: { status: 201, description: 'O paciente', json: patient },
      handle: async (context) => ({
        status: 201,
        json: await patients.create(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'get',
      path: '/api/patients/:id',
      tag,
      summary: 'A ficha; alergias e medicamentos só para quem cuida',
      params,
      success: { status: 200, description: 'O paciente', json: patient },
      handle: async (context) => ({
        status: 200,
        json: await patients.get(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/patients/:id',
      tag,
      summary: 'Muda a ficha',
      params,
      body: updatePatient,
      success: { status: 200, description: 'O paciente', json: patient },
      handle: async (context) => ({
        status: 200,
        json: await patients.update(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/patients/:id/care-relations',
      tag,
      summary: 'Passa a cuidar do paciente, com motivo registrado na auditoria',
      params,
      body: createCareRelation,
      success: { status: 201, description: 'A relação de cuidado', json: careRelation },
      handle: async (context) => ({
        status: 201,
        json: await patients.relate(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body.reason,
        ),
      }),
    }),
  ];
}
