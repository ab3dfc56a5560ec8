import {
  type CreateIncident,
  type IncidentCandidatesQuery,
  type IncidentStep,
  incident,
  incidentCandidates,
  incidentDetail,
  incidentNotice,
  incidentPerson,
  incidentVersion,
  type LinkIncidentPeople,
  type ListIncidentsQuery,
  linkedIncidentPeople,
  listOf,
  type UpdateIncident,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';

const incidentList = listOf(incident);
const people = listOf(incidentPerson);
const history = z.object({ items: z.array(incidentVersion) });

/** The register of security incidents. */
export function incidentCalls(http: Http) {
  const pathOf = (id: string) => `/api/incidents/${encodeURIComponent(id)}`;
  return {
    incidents: (query: Partial<ListIncidentsQuery>) =>
      http({ path: '/api/incidents', query, answer: incidentList }),
    createIncident: (body: CreateIncident) =>
      http({ method: 'POST', path: '/api/incidents', body, answer: incidentDetail }),
    incident: (id: string) => http({ path: pathOf(id), answer: incidentDetail }),
    updateIncident: (id: string, body: UpdateIncident) =>
      http({ method: 'PATCH', path: pathOf(id), body, answer: incidentDetail }),
    stepIncident: (id: string, body: IncidentStep) =>
      http({ method: 'POST', path: `${pathOf(id)}/steps`, body, answer: incidentDetail }),
    incidentHistory: (id: string) => http({ path: `${pathOf(id)}/history`, answer: history }),
    incidentCandidates: (id: string, query: IncidentCandidatesQuery) =>
      http({ path: `${pathOf(id)}/candidates`, query: { ...query }, answer: incidentCandidates }),
    incidentPeople: (id: string, query: { cursor?: string; limit?: number }) =>
      http({ path: `${pathOf(id)}/people`, query, answer: people }),
    linkIncidentPeople: (id: string, body: LinkIncidentPeople) =>
      http({ method: 'POST', path: `${pathOf(id)}/people`, body, answer: linkedIncidentPeople }),
    unlinkIncidentPerson: (id: string, patientId: string) =>
      http({
        method: 'DELETE',
        path: `${pathOf(id)}/people/${encodeURIComponent(patientId)}`,
        answer: z.unknown(),
      }),
    incidentNotice: (id: string) => http({ path: `${pathOf(id)}/notice`, answer: incidentNotice }),
  };
}
