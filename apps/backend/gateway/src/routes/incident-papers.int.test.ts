import { incidentNotice } from '@medcall/shared-types';
import { strFromU8, unzipSync } from 'fflate';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts, type IncidentWorld, incidentWorld } from '../testing/incident-world.ts';
import { ownerOf } from '../testing/owner-client.ts';
import { code } from '../testing/two-clinics.ts';

let world: IncidentWorld;
let owner: pg.Client;

beforeAll(async () => {
  world = await incidentWorld();
  owner = await ownerOf(world.gateway);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

describe('what leaves the register', () => {
  it('is a draft in plain words that names its gaps', async () => {
    const one = await world.anIncident({ facts: { ...facts, risks: null } });
    const notice = incidentNotice.parse(
      (await world.admin('GET', `/api/incidents/${one.id}/notice`)).body,
    );
    expect(notice.missing).toEqual(['os riscos para a pessoa']);
    for (const text of [notice.individual, notice.public]) {
      expect(text).toContain('O que isso pode causar\n[os riscos para a pessoa]');
      expect(text).toContain('Encarregada da clínica · dados@clinica.test');
      expect(text).not.toContain('Por que avisamos só agora');
    }
  });

  it('is an archive with the authority’s fields, in which nobody’s name reaches the authority', async () => {
    await owner.query('update clinicas set cnpj = $2 where id = $1', [
      world.clinic.id,
      '11222333000181',
    ]);
    const one = await world.anIncident({ facts });
    await world.admin('POST', `/api/incidents/${one.id}/people`, {
      patient_ids: [world.joao.id],
    });
    const path = `/api/incidents/${one.id}/export`;
    const files = unzipSync((await world.admin('GET', path)).bytes);
    expect(Object.keys(files).toSorted()).toEqual([
      'aviso-aos-titulares.txt',
      'comunicacao.html',
      'incidente.json',
      'leia-me.txt',
      'pessoas-afetadas.csv',
    ]);
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    const page = text('comunicacao.html');
    expect(page).toContain('furtado &lt;do carro&gt;');
    for (let item = 1; item <= 12; item += 1) {
      const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
      expect(page).toContain(`art. 6º, § 2º, ${roman[item - 1]}<`);
    }
    expect(page).toContain('CNPJ 11.222.333/0001-81');
    expect(text('pessoas-afetadas.csv')).toContain(world.joao.name);
    for (const name of ['comunicacao.html', 'incidente.json', 'aviso-aos-titulares.txt']) {
      expect(text(name)).not.toContain(world.joao.name);
    }
    const json = (await world.admin('GET', `${path}?format=json`)).body;
    expect(json).toMatchObject({ format: 'medcall-incident/1', incident: { missing: [] } });
    expect(code(await world.strangerAdmin('GET', path))).toEqual([404, 'not_found']);
    const log = (await world.admin('GET', '/api/audit?action=incident.export')).body.items;
    expect(log.map((entry: { changes: unknown }) => entry.changes)).toEqual([
      { format: 'json' },
      { format: 'zip' },
    ]);
  });
});
