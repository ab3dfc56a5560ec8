import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

async function aCard(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const made = await world.admin('POST', '/api/patients', { name, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

describe('duplicates', () => {
  it('are found by name and birth date, unless each has a CPF of its own', async () => {
    const born = { birth_date: '1977-05-04' };
    const first = await aCard('Zuleica  Três Nomes', { ...born, cpf: '390.533.447-05' });
    const second = await aCard('zuleica tres nomes', born);
    await aCard('Zuleica Três Nomes', { birth_date: '1977-05-05' });
    await aCard('Ígor Dois', { birth_date: '1990-01-01', cpf: '529.982.247-25' });
    await aCard('Igor Dois', { birth_date: '1990-01-01', cpf: '111.444.777-35' });
    await world.stranger('POST', '/api/patients', { name: 'Zuleica Três Nomes', ...born });
    const { body } = await world.doctor('GET', '/api/patients/duplicates');
    const found = body.items.map((one: { reason: string; patients: { id: string }[] }) => [
      one.reason,
      one.patients.map(({ id }) => id),
    ]);
    expect(found).toEqual([['name_and_birth_date', [first, second]]]);
  });

  it('come by pages, each group once', async () => {
    for (const name of ['Xisto Par', 'Yara Par']) {
      await aCard(name, { birth_date: '1980-01-01' });
      await aCard(name, { birth_date: '1980-01-01' });
    }
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await world.admin('GET', `/api/patients/duplicates?limit=1${query}`);
      for (const { patients } of page.body.items) names.push(patients[0].name);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(names.slice(0, 2)).toEqual(['Xisto Par', 'Yara Par']);
    expect(names).toHaveLength(new Set(names).size);
  });
});
