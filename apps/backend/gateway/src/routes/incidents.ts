import {
  createIncident,
  incident,
  incidentCandidates,
  incidentCandidatesQuery,
  incidentDetail,
  incidentExportQuery,
  incidentNotice,
  incidentPeopleQuery,
  incidentPerson,
  incidentStep,
  incidentVersion,
  linkedIncidentPeople,
  linkIncidentPeople,
  listIncidentsQuery,
  listOf,
  updateIncident,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { IncidentPapers } from '../services/incidents/incident-papers.ts';
import type { IncidentPeople } from '../services/incidents/incident-people.ts';
import type { Incidents } from '../services/incidents/incidents.ts';

const tag = 'Incidentes de segurança (LGPD)';
const params = z.object({ id: uuid });
const personParams = z.object({ id: uuid, patientId: uuid });

export function incidentRoutes(
  incidents: Incidents,
  people: IncidentPeople,
  papers: IncidentPapers,
): Route[] {
  return [
    ...registerRoutes(incidents),
    ...peopleRoutes(people),
    route({
      method: 'get',
      path: '/api/incidents/:id/notice',
      tag,
      summary: 'Rascunhos do aviso aos titulares, com o que falta entre colchetes',
      params,
      success: { status: 200, description: 'Os rascunhos', json: incidentNotice },
      handle: async (context) => ({
        status: 200,
        json: await papers.notice(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/export',
      tag,
      summary: 'O incidente nos campos do formulário da ANPD: arquivo legível (ZIP) ou JSON',
      params,
      query: incidentExportQuery,
      success: {
        status: 200,
        description: 'O arquivo',
        json: z.looseObject({}),
        bytes: ['application/zip'],
      },
      handle: async (context) => {
        const { id } = context.params;
        if (context.query.format === 'json') {
          return { status: 200, json: { ...(await papers.json(callingOf(context), id)) } };
        }
        return {
          status: 200,
          stream: await papers.archive(callingOf(context), id),
          contentType: 'application/zip',
          headers: {
            'Content-Disposition': `attachment; filename="incidente-${id.slice(0, 8)}.zip"`,
          },
        };
      },
    }),
  ];
}

function registerRoutes(incidents: Incidents): Route[] {
  const detail = { status: 200, description: 'O incidente', json: incidentDetail };
  return [
    route({
      method: 'get',
      path: '/api/incidents',
      tag,
      summary: 'O registro de incidentes, o mais novo primeiro',
      query: listIncidentsQuery,
      success: { status: 200, description: 'Uma página', json: listOf(incident) },
      handle: async (context) => ({
        status: 200,
        json: await incidents.list(callingOf(context), context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/incidents',
      tag,
      summary: 'Registra um incidente; o prazo corre desde que se soube dos dados pessoais',
      body: createIncident,
      success: { ...detail, status: 201 },
      handle: async (context) => ({
        status: 201,
        json: await incidents.create(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id',
      tag,
      summary: 'Um incidente com prazo, formulário e o que falta nele',
      params,
      success: detail,
      handle: async (context) => ({
        status: 200,
        json: await incidents.get(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/incidents/:id',
      tag,
      summary: 'Muda o que se sabe; a versão anterior fica no histórico',
      params,
      body: updateIncident,
      success: detail,
      handle: async (context) => ({
        status: 200,
        json: await incidents.update(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/incidents/:id/steps',
      tag,
      summary: 'Avalia, registra comunicações, dispensa com motivo, reabre ou encerra',
      params,
      body: incidentStep,
      success: detail,
      handle: async (context) => ({
        status: 200,
        json: await incidents.step(callingOf(context), context.params.id, context.body),
      }),
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/history',
      tag,
      summary: 'O que se sabia, e quando',
      params,
      success: {
        status: 200,
        description: 'As versões, a última primeiro',
        json: z.object({ items: z.array(incidentVersion) }),
      },
      handle: async (context) => ({
        status: 200,
        json: { items: await incidents.history(callingOf(context), context.params.id) },
      }),
    }),
  ];
}

function peopleRoutes(people: IncidentPeople): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/incidents/:id/candidates',
      tag,
      summary: 'De quem são os registros tocados num período, pela auditoria',
      params,
      query: incidentCandidatesQuery,
      success: { status: 200, description: 'As pessoas', json: incidentCandidates },
      handle: async (context) => ({
        status: 200,
        json: await people.candidates(callingOf(context), context.params.id, context.query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/people',
      tag,
      summary: 'As pessoas ligadas ao incidente',
      params,
      query: incidentPeopleQuery,
      success: { status: 200, description: 'Uma página', json: listOf(incidentPerson) },
      handle: async (context) => ({
        status: 200,
        json: await people.list(callingOf(context), context.params.id, context.query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/incidents/:id/people',
      tag,
      summary: 'Liga pessoas: por escolha, ou todas as que um filtro da auditoria encontra',
      params,
      body: linkIncidentPeople,
      success: { status: 200, description: 'Quantas', json: linkedIncidentPeople },
      handle: async (context) => ({
        status: 200,
        json: await people.link(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/incidents/:id/people/:patientId',
      tag,
      summary: 'Desliga uma pessoa; que esteve ligada fica registrado',
      params: personParams,
      success: { status: 204, description: 'Desligada' },
      handle: async (context) => {
        const { id, patientId } = context.params;
        await people.unlink(callingOf(context), id, patientId);
        return { status: 204 };
      },
    }),
  ];
}
