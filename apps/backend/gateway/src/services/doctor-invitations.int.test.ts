import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Accounts } from '../identity/accounts.ts';
import { embeddedAccounts } from '../identity/accounts.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { createDoctorInvitations } from './doctor-invitations.ts';

let world: TwoClinics;
let numbers = 70_000;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

const finishLate = async () => {
  world.gateway.clock.advance(2 * 60_000);
  return drainJobs(world.gateway, { only: ['doctor.invite'] });
};

/** Invites through a process that ends after the account was made and before anything else. */
async function inviteAndDie(): Promise<{ email: string; sub: string }> {
  numbers += 1;
  const email = `novo${numbers}@clinica.test`;
  const { clock, db, identity, logger } = world.gateway.container;
  if (!identity) throw new Error('the embedded identity is needed');
  const made = Promise.withResolvers<string>();
  const dying: Pick<Accounts, 'invite'> = {
    async invite(address, name) {
      made.resolve(
        await embeddedAccounts(identity.admin, identity.adminFactors).invite(address, name),
      );
      return new Promise<never>(() => undefined);
    },
  };
  const { clinic } = world;
  const member = await db.asSystem('test', (trx) =>
    trx
      .selectFrom('members')
      .select('id')
      .where('user_auth', '=', clinic.admin.sub)
      .executeTakeFirstOrThrow(),
  );
  const invitations = createDoctorInvitations({ db, accounts: dying, clock, logger });
  void invitations.invite(
    {
      caller: {
        kind: 'member',
        sub: clinic.admin.sub,
        iat: Math.floor(Date.now() / 1000),
        sessionId: null,
        claims: {},
      },
      ip: '203.0.113.9',
      userAgent: null,
      requestId: 'r',
    },
    {
      memberId: member.id,
      clinicaId: clinic.id,
      medicoId: null,
      role: 'admin',
      name: 'Administração',
    },
    { nome: 'Médico Interrompido', email, crm: `${numbers}/SP` },
  );
  return { email, sub: await made.promise };
}

const membershipOf = (sub: string) =>
  world.gateway.database.database.asSystem('test', (trx) =>
    trx
      .selectFrom('members as m')
      .innerJoin('medicos as d', 'd.id', 'm.medico_id')
      .select(['m.clinica_id', 'm.role', 'd.user_auth'])
      .where('m.user_auth', '=', sub)
      .executeTakeFirst(),
  );

describe('an invitation whose process dies after the account was made', () => {
  it('is finished by a job: the doctor who follows the link is in', async () => {
    const { sub } = await inviteAndDie();
    expect(await membershipOf(sub)).toBeUndefined();
    expect((await finishLate()).map(({ failed }) => failed)).toEqual([undefined]);
    expect(await membershipOf(sub)).toEqual({
      clinica_id: world.clinic.id,
      role: 'medico',
      user_auth: sub,
    });
    expect(await finishLate()).toEqual([]);
  });

  it('also when he has set his password before', async () => {
    const { sub } = await inviteAndDie();
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx
        .updateTable('auth_embedded.users')
        .set({ email_confirmed_at: new Date() })
        .where('id', '=', sub)
        .execute(),
    );
    await finishLate();
    expect(await membershipOf(sub)).toMatchObject({ user_auth: sub });
  });

  it('ends when another clinic took the account on in the meantime', async () => {
    const { sub } = await inviteAndDie();
    const { foreign, gateway } = world;
    await gateway.database.database.asSystem('test', (trx) =>
      trx
        .insertInto('members')
        .values({ clinica_id: foreign.id, user_auth: sub, role: 'admin', name: 'Em Outra' })
        .execute(),
    );
    expect((await finishLate()).map(({ failed }) => failed)).toEqual([undefined]);
    const wishes = await gateway.database.database.asSystem('test', (trx) =>
      trx.selectFrom('doctor_invitations').select('id').execute(),
    );
    expect(wishes).toEqual([]);
  });

  it('leaves nothing to be done behind the back of who was told that it failed', async () => {
    const taken = world.clinic.doctor.email;
    const answer = await world.admin('POST', '/api/clinic/doctors', {
      nome: 'Com Endereço Alheio',
      email: taken,
      crm: '99887/SP',
    });
    expect(answer.status).toBe(409);
    await finishLate();
    const doctors = await world.admin('GET', '/api/clinic/doctors');
    expect(JSON.stringify(doctors.body)).not.toContain('Com Endereço Alheio');
  });
});
