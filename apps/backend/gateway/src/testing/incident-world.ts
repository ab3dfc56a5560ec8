import {
  type IncidentDetail,
  type IncidentFacts,
  incidentDetail,
  incidentVersion,
} from '@medcall/shared-types';
import { expect } from 'vitest';
import { z } from 'zod';
import { type TwoClinics, twoClinics } from './two-clinics.ts';

export const hour = 3_600_000;

export const facts: Partial<IncidentFacts> = {
  description: 'Um notebook da recepção foi furtado <do carro>.',
  data_kinds: ['identification', 'health'],
  affected_total: 12,
  processed_total: 400,
  measures_before: 'Disco cifrado.',
  measures_after: 'Sessões encerradas.',
  risks: 'Alguém pode ligar em nome da clínica.',
  mitigation: 'Senhas trocadas.',
  officer_name: 'Encarregada da clínica',
  officer_contact: 'dados@clinica.test',
};

/** An assessment that obliges, and one that does not. */
export const grave = {
  step: 'assess',
  significant: true,
  criteria: ['sensitive', 'secrecy'],
  assessment: 'Dados de saúde em mãos de terceiros.',
};
export const light = {
  ...grave,
  significant: false,
  criteria: [],
  assessment: 'O disco estava cifrado.',
};

type Body = Record<string, unknown>;

export interface IncidentWorld extends TwoClinics {
  /** So many milliseconds ago. */
  ago(ms: number): string;
  /** Registered by the administrator of `clinic`. */
  anIncident(body?: Body): Promise<IncidentDetail>;
  /** A step that is taken. */
  step(one: IncidentDetail, body: Body): Promise<IncidentDetail>;
  /** A step that may be refused. */
  tells(one: IncidentDetail, body: Body): ReturnType<TwoClinics['admin']>;
  historyOf(one: IncidentDetail): Promise<z.infer<typeof incidentVersion>[]>;
}

export async function incidentWorld(
  ...settings: Parameters<typeof twoClinics>
): Promise<IncidentWorld> {
  const world = await twoClinics(...settings);
  const ago = (ms: number) => new Date(world.gateway.clock.now() - ms).toISOString();
  const tells = (one: IncidentDetail, body: Body) =>
    world.admin('POST', `/api/incidents/${one.id}/steps`, { revision: one.revision, ...body });
  return {
    ...world,
    ago,
    tells,
    async anIncident(body = {}) {
      const made = await world.admin('POST', '/api/incidents', {
        title: 'Notebook furtado',
        detected_at: ago(2 * hour),
        known_at: ago(hour),
        ...body,
      });
      expect(made.status, made.text).toBe(201);
      return incidentDetail.parse(made.body);
    },
    async step(one, body) {
      const answer = await tells(one, body);
      expect(answer.status, answer.text).toBe(200);
      return incidentDetail.parse(answer.body);
    },
    async historyOf(one) {
      const { body } = await world.admin('GET', `/api/incidents/${one.id}/history`);
      return z.object({ items: z.array(incidentVersion) }).parse(body).items;
    },
  };
}
