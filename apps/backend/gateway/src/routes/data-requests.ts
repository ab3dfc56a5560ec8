import {
  createDataRequest,
  dataRequest,
  erasureResult,
  exportQuery,
  listDataRequestsQuery,
  listOf,
  updateDataRequest,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { DataRequests } from '../services/data-requests/data-requests.ts';
import type { PatientExport } from '../services/data-requests/patient-export.ts';

const tag = 'Direitos do titular (LGPD)';
const params = z.object({ id: uuid });

export function dataRequestRoutes(requests: DataRequests): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/data-requests',
      tag,
      summary: 'Os pedidos de titulares, o prazo mais próximo primeiro',
      query: listDataRequestsQuery,
      success: { status: 200, description: 'Uma página', json: listOf(dataRequest) },
      handle: async (context) => ({
        status: 200,
        json: await requests.list(callingOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/data-requests',
      tag,
      summary: 'Registra um pedido; o prazo de 15 dias começa agora',
      body: createDataRequest,
      success: { status: 201, description: 'O pedido', json: dataRequest },
      handle: async (context) => ({
        status: 201,
        json: await requests.create(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/data-requests/:id',
      tag,
      summary: 'Põe em andamento, conclui ou recusa com motivo',
      params,
      body: updateDataRequest,
      success: { status: 200, description: 'O pedido', json: dataRequest },
      handle: async (context) => ({
        status: 200,
        json: await requests.update(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/data-requests/:id/erase',
      tag,
      summary: 'Elimina o que nenhuma lei manda guardar e diz o que fica e por quê',
      params,
      success: { status: 200, description: 'O que foi feito', json: erasureResult },
      handle: async (context) => ({
        status: 200,
        json: await requests.erase(callingOf(context), membershipOf(context), context.params.id),
      }),
    }),
  ];
}

export function patientExportRoutes(patientExport: PatientExport): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/patients/:id/export',
      tag,
      summary: 'Os dados do paciente para levar: arquivo legível (ZIP) ou JSON',
      params,
      query: exportQuery,
      success: {
        status: 200,
        description: 'O arquivo',
        json: z.looseObject({}),
        bytes: ['application/zip'],
      },
      handle: async (context) => {
        const { id } = context.params;
        if (context.query.format === 'json') {
          return { status: 200, json: await patientExport.json(callingOf(context), id) };
        }
        return {
          status: 200,
          stream: await patientExport.archive(callingOf(context), id),
          contentType: 'application/zip',
          headers: {
            'Content-Disposition': `attachment; filename="prontuario-${id.slice(0, 8)}.zip"`,
          },
        };
      },
    }),
  ];
}
