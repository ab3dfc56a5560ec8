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

/** What the page asks for, one group at a time. */
async function pages(): Promise<{ items: Group[]; cursors: string[] }> {
  const items: Group[] = [];
  const cursors: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await world.admin('GET', `/api/patients/duplicates?limit=1${query}`);
    expect(page.status, page.text).toBe(200);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
    if (cursor !== null) cursors.push(cursor);
  } while (cursor !== null);
  return { items, cursors };
}

interface Group {
  reason: string;
  patients: { id: string; name: string }[];
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
    const { items, cursors } = await pages();
    const names = items.map(({ patients }) => patients[0]?.name);
    expect(names.slice(0, 2)).toEqual(['Xisto Par', 'Yara Par']);
    expect(names).toHaveLength(new Set(names).size);
    expect(cursors.length).toBeGreaterThan(1);
    // They stand in addresses, which are kept in many places.
    for (const cursor of cursors) {
      expect(Buffer.from(cursor, 'base64url').toString()).not.toMatch(/par|xisto|yara/i);
    }
  });

  it('are not lost between two pages when one card leads a group of either kind', async () => {
    const name = 'Wanda Líder';
    const leader = await aCard(name, { birth_date: '1971-03-02', cpf: '168.995.350-09' });
    const twin = await aCard(name, { birth_date: '1971-03-02' });
    const visitor = await aCard('Vera Visitante', { birth_date: '1999-09-09' });
    // As a booking with the leader's CPF and another birth date leaves it.
    await world.gateway.database.database.asSystem('arrange a test', (trx) =>
      trx.updateTable('patients').set({ same_cpf_as: leader }).where('id', '=', visitor).execute(),
    );
    const { items } = await pages();
    const led = items
      .filter(({ patients }) => patients[0]?.id === leader)
      .map(({ reason, patients }) => [reason, patients.map(({ id }) => id)]);
    expect(led).toEqual([
      ['cpf', [leader, visitor]],
      ['name_and_birth_date', [leader, twin]],
    ]);
  });
});
