import { consultation, listOf, patient } from '@medcall/shared-types';
import { testCpf } from '@medcall/utils';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import type { Api } from '../testing/world.ts';

let world: TwoClinics;
let cards = 0;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

async function aCard(more: Record<string, unknown> = {}, api = world.admin): Promise<string> {
  cards += 1;
  const made = await api('POST', '/api/patients', {
    name: `Pessoa ${cards}`,
    birth_date: '1971-02-03',
    ...more,
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}
function aCpf(): string {
  cards += 1;
  return testCpf(400_000_000 + cards);
}
const merge = (kept: string, merged: string, api: Api = world.admin) =>
  api('POST', `/api/patients/${kept}/merge`, { merged_id: merged });
const part = (merged: string, api: Api = world.admin) =>
  api('POST', `/api/patients/${merged}/part`);
const cardOf = async (id: string, api: Api = world.doctor) =>
  patient.parse((await api('GET', `/api/patients/${id}`)).body);
const historyOf = async (id: string, api: Api) => {
  const { body } = await api('GET', `/api/consultations?patient_id=${id}&limit=100`);
  return listOf(consultation)
    .parse(body)
    .items.map((one) => one.id)
    .sort();
};

describe('joining two cards', () => {
  it('shows what both have on the one that stands, and sends there who opens the other', async () => {
    const [kept, other] = [await aCard({ cpf: aCpf() }), await aCard()];
    const mother = await aCard({ name: 'Mãe dos Dois' });
    const at = (id: string) => world.aConsultation({ patient_id: id });
    const [first, second] = [await at(kept), await at(other)];
    await world.doctor('PATCH', `/api/patients/${kept}`, {
      health: { add_allergies: ['dipirona'] },
    });
    await world.doctor('PATCH', `/api/patients/${other}`, {
      health: { add_allergies: ['látex', 'Dipirona'], add_medicines: ['losartana'] },
    });
    await world.admin('PUT', `/api/patients/${other}/guardians/${mother}`, { relation: 'mãe' });

    const merged = await merge(kept, other);
    expect(merged.status, merged.text).toBe(200);
    expect(merged.body.merged).toMatchObject([{ id: other }]);
    const card = await cardOf(kept);
    expect(card.allergies?.map((item) => item.toLowerCase()).sort()).toEqual(['dipirona', 'látex']);
    expect(card.medicines).toEqual(['losartana']);
    expect(card.guardians).toMatchObject([{ id: mother, relation: 'mãe' }]);
    expect(await historyOf(kept, world.doctor)).toEqual([first.id, second.id].sort());
    expect(await cardOf(other)).toMatchObject({ merged_into: kept });
    const found = await world.doctor('POST', '/api/patients/search', { search: card.name });
    expect(found.body.items.map((one: { id: string }) => one.id)).not.toContain(other);
    // What is new goes to the card that stands.
    for (const [method, path, body] of [
      ['PATCH', `/api/patients/${other}`, { phone: '11 90000-0000' }],
      ['POST', '/api/consultations', { patient_id: other, type: 'ONLINE' }],
    ] as const) {
      const refused = await world.doctor(method, path, body);
      expect([refused.status, refused.body.error.details]).toEqual([
        409,
        { reason: 'joined', patient_id: kept },
      ]);
    }
    // Both charts say who joined them.
    for (const id of [kept, other]) {
      const log = await world.admin('GET', `/api/audit?action=patient.merge&record_id=${id}`);
      expect(log.body.items).toMatchObject([{ changes: { kept, merged: other } }]);
    }
    // An allergy that is taken away is gone from the person; parted, nobody has it back.
    await world.doctor('PATCH', `/api/patients/${kept}`, {
      health: { remove_allergies: ['látex'] },
    });
    expect((await cardOf(kept)).allergies).toEqual(['dipirona']);
    // What is said again of the card that stands is its own.
    await world.doctor('PATCH', `/api/patients/${kept}`, {
      health: { add_allergies: ['iodo'], add_medicines: ['Losartana'] },
    });
    expect((await cardOf(kept)).medicines).toHaveLength(1);

    const parted = await part(other);
    expect(parted.status, parted.text).toBe(200);
    expect(await cardOf(kept)).toMatchObject({
      allergies: ['dipirona', 'iodo'],
      medicines: ['losartana'],
    });
    expect(await cardOf(other)).toMatchObject({
      merged_into: null,
      allergies: ['Dipirona'],
      medicines: ['losartana'],
    });
    expect(await historyOf(other, world.doctor)).toEqual([second.id]);
    expect((await cardOf(kept)).guardians).toEqual([]);
  });

  it('keeps the only CPF on the card that stands, and takes two for two people', async () => {
    const [one, two, none] = [
      await aCard({ cpf: aCpf() }),
      await aCard({ cpf: aCpf() }),
      await aCard(),
    ];
    const refusal = async (kept: string, merged: string) =>
      (await merge(kept, merged)).body.error?.details?.reason;
    expect(await refusal(one, two)).toBe('two_cpfs');
    expect(await refusal(none, one)).toBe('keep_cpf');
    expect(await refusal(one, one)).toBe('not_standing');
    expect((await merge(one, none)).status).toBe(200);
    expect(await refusal(two, none)).toBe('not_standing');
    expect(await refusal(none, two)).toBe('not_standing');
    // A known CPF leads to the card that stands.
    const { cpf } = await cardOf(one, world.admin);
    const again = await world.admin('POST', '/api/patients', { name: 'Outra Vez', cpf });
    expect(again.body.error.details).toEqual({ patient_id: one });
  });

  it('reaches no card of another clinic, whoever asks', async () => {
    const [mine, twin] = [await aCard(), await aCard()];
    const theirs = await aCard({}, world.strangerAdmin);
    for (const answer of [
      await merge(mine, theirs),
      await merge(theirs, mine),
      await merge(mine, twin, world.stranger),
      await part(theirs),
    ]) {
      expect(code(answer)).toEqual([404, 'not_found']);
    }
    expect((await merge(mine, twin)).status).toBe(200);
    expect(code(await part(twin, world.strangerAdmin))).toEqual([404, 'not_found']);
    const group = { patient_ids: [mine, theirs] };
    for (const deed of ['dismiss', 'reopen']) {
      expect(code(await world.admin('POST', `/api/patients/duplicates/${deed}`, group))).toEqual([
        404,
        'not_found',
      ]);
    }
    expect((await merge(mine, twin, world.nobody)).status).toBe(401);
  });

  it('takes a person’s every card along when he asks to be erased', async () => {
    const [kept, other] = [
      await aCard({ cpf: aCpf(), email: 'a@paciente.test' }),
      await aCard({ email: 'b@paciente.test' }),
    ];
    await merge(kept, other);
    const asked = await world.admin('POST', '/api/data-requests', {
      patient_id: kept,
      kind: 'erasure',
    });
    expect(asked.status, asked.text).toBe(201);
    const erased = await world.admin('POST', `/api/data-requests/${asked.body.id}/erase`);
    expect(erased.status, erased.text).toBe(200);
    for (const id of [kept, other]) {
      expect(await cardOf(id, world.admin)).toMatchObject({ name: 'Pessoa removida', email: null });
    }
    expect(code(await part(other))).toEqual([409, 'conflict']);
  });
});

describe('cards of different people', () => {
  const groupOf = async (id: string, dismissed: boolean) => {
    const { body } = await world.admin(
      'GET',
      `/api/patients/duplicates?limit=200&dismissed=${dismissed}`,
    );
    return body.items.some(({ patients }: { patients: { id: string }[] }) =>
      patients.some((one) => one.id === id),
    );
  };

  it('are shown no more when somebody said so, until he takes it back or a third comes', async () => {
    const name = 'Maria Comum da Silva';
    const ids = [await aCard({ name }), await aCard({ name })];
    const tell = (deed: string) =>
      world.admin('POST', `/api/patients/duplicates/${deed}`, { patient_ids: ids });
    expect(await groupOf(ids[0] ?? '', false)).toBe(true);
    for (const n of [1, 2]) {
      expect((await tell('dismiss')).status, `time ${n}`).toBe(204);
      expect([await groupOf(ids[0] ?? '', false), await groupOf(ids[0] ?? '', true)]).toEqual([
        false,
        true,
      ]);
    }
    await tell('reopen');
    expect(await groupOf(ids[0] ?? '', false)).toBe(true);
    await tell('dismiss');
    await aCard({ name });
    expect(await groupOf(ids[0] ?? '', false)).toBe(true);
  });
});

type Step =
  | { deed: 'merge'; kept: number; merged: number }
  | { deed: 'part'; merged: number }
  | { deed: 'book'; card: number }
  | { deed: 'state'; card: number };

/** Whatever is joined, parted and booked in whatever order: nothing is lost and nobody sees what is not his. */
describe('any number of joinings', () => {
  const count = 4;
  const index = fc.nat(count - 1);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ deed: fc.constant('merge'), kept: index, merged: index }) },
    { weight: 3, arbitrary: fc.record({ deed: fc.constant('part'), merged: index }) },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant('book'), card: index }) },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant('state'), card: index }) },
  );
  /** Cared for by a joining, then by a reason of one's own: that outlasts the next joining and parting. */
  const statedAfterParting: Step[] = [
    { deed: 'merge', kept: 0, merged: 3 },
    { deed: 'part', merged: 3 },
    { deed: 'state', card: 0 },
    { deed: 'merge', kept: 0, merged: 2 },
    { deed: 'part', merged: 2 },
  ];

  it('loses nothing, and parted again each card is what it was', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const model = await aModel();
        for (const [n, one] of steps.entries()) {
          await model.take(one);
          await model.check([n % 2 === 0 ? 0 : 1]);
          seen += 1;
        }
        await model.partAll();
        await model.check([0, 1]);
      }),
      { numRuns: 8, seed: 20_261_126, examples: [[statedAfterParting]] },
    );
    console.log(`joined cards: ${seen} steps checked`);
  }, 300_000);

  /** Cards with something of their own each, what was done to them, and what must be seen of it. */
  async function aModel() {
    const doctors = [world.doctor, world.otherDoctor] as const;
    const ids: string[] = [];
    const booked: { card: number; doctor: 0 | 1; id: string }[] = [];
    const stated = new Set<number>();
    const into: (number | null)[] = [];
    const book = async (card: number, doctor: 0 | 1) => {
      const made = await doctors[doctor]('POST', '/api/consultations', {
        patient_id: ids[card],
        type: 'ONLINE',
      });
      expect(made.status, made.text).toBe(201);
      booked.push({ card, doctor, id: made.body.id });
    };
    for (let n = 0; n < count; n += 1) {
      ids.push(await aCard(n < 2 ? { cpf: aCpf() } : {}));
      into.push(null);
      await book(n, n % 2 === 0 ? 0 : 1);
      await doctors[n % 2 === 0 ? 0 : 1]('PATCH', `/api/patients/${ids[n]}`, {
        health: { add_allergies: [`alergia ${n}`] },
      });
    }
    const rootOf = (card: number): number => {
      const up = into[card] ?? null;
      return up === null ? card : rootOf(up);
    };
    const groupOf = (card: number) =>
      ids.flatMap((_, n) => (rootOf(n) === rootOf(card) ? [n] : []));

    return {
      async take(one: Step) {
        switch (one.deed) {
          case 'merge': {
            const { kept, merged } = one;
            const stands = into[kept] === null && into[merged] === null && kept !== merged;
            const allowed = stands && merged >= 2;
            const answer = await merge(ids[kept] ?? '', ids[merged] ?? '');
            expect(answer.status, answer.text).toBe(allowed ? 200 : 409);
            if (allowed) into[merged] = kept;
            return;
          }
          case 'part': {
            const answer = await part(ids[one.merged] ?? '');
            expect(answer.status, answer.text).toBe(into[one.merged] === null ? 404 : 200);
            into[one.merged] = null;
            return;
          }
          case 'book':
            return book(rootOf(one.card), 1);
          case 'state': {
            const path = `/api/patients/${ids[one.card]}/care-relations`;
            const answer = await world.otherDoctor('POST', path, { reason: 'segunda opinião' });
            expect(answer.status, answer.text).toBe(201);
            stated.add(one.card);
          }
        }
      },

      async check(who: readonly (0 | 1)[]) {
        for (const doctor of who) {
          for (const [card, id] of ids.entries()) {
            const group = groupOf(card);
            const theirs = booked.filter((one) => group.includes(one.card));
            const cares =
              theirs.some((one) => one.doctor === doctor) ||
              (doctor === 1 && group.some((n) => stated.has(n)));
            const expected = cares ? theirs.map((one) => one.id).sort() : [];
            expect(await historyOf(id, doctors[doctor])).toEqual(expected);
            const { allergies } = await cardOf(id, doctors[doctor]);
            expect(allergies && [...allergies].sort()).toEqual(
              cares ? group.map((n) => `alergia ${n}`).sort() : undefined,
            );
          }
        }
        // Joined or not, another clinic sees none of it.
        expect((await world.stranger('GET', `/api/patients/${ids[0]}`)).status).toBe(404);
      },

      async partAll() {
        for (const [card, up] of into.entries()) {
          if (up !== null) await this.take({ deed: 'part', merged: card });
        }
      },
    };
  }
});
