import { listOf, waitingMessage, waitingPlace } from '@medcall/shared-types';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { code, type TestInvitation, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { type Api, aPatient, apiOf } from '../testing/world.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

interface Arrived {
  id: string;
  invitation: TestInvitation;
}

/** An invited patient, who stands in the room's list since so many seconds where a state is given. */
async function arrived(
  state: 'waiting' | 'joined' | 'left' | null,
  secondsAgo: number,
  by: 'own' | 'colleague' = 'own',
): Promise<Arrived> {
  const patient = await aPatient(world.gateway, world.clinic, 'Na Espera');
  const doctorOf: Record<typeof by, Api> = { own: world.doctor, colleague: world.otherDoctor };
  const { body } = await doctorOf[by]('POST', '/api/consultations', {
    patient_id: patient.id,
    type: 'ONLINE',
  });
  const made = await doctorOf[by]('POST', '/api/invitations', { consultationId: body.id });
  const { token } = made.body;
  const { accessToken } = (await world.nobody('POST', '/api/invitations/exchange', { token })).body;
  const invitation = { ...made.body, accessToken, api: apiOf(world.gateway, accessToken) };
  const { sub } = decodeJwt(accessToken);
  if (state !== null && sub !== undefined) {
    await world.gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .insertInto('participants')
        .values({
          consultation_id: body.id,
          sub,
          role: 'patient',
          name: patient.name,
          state,
          waiting_since: new Date(Date.now() - secondsAgo * 1000),
        })
        .execute(),
    );
  }
  return { id: body.id, invitation };
}

async function placeOf({ id, invitation }: Arrived) {
  const { body } = await invitation.api('GET', `/api/consultations/${id}/waiting-place`);
  return z.parse(waitingPlace, body);
}

describe('the waiting room', () => {
  it('tells how many of the same doctor came before and wait, and nothing else of them', async () => {
    const first = await arrived('waiting', 300);
    await arrived('left', 400);
    await arrived('waiting', 500, 'colleague');
    const second = await arrived('waiting', 200);
    const late = await arrived(null, 0);
    expect(await placeOf(first)).toEqual({ ahead: 0, doctorBusy: false });
    expect(await placeOf(second)).toEqual({ ahead: 1, doctorBusy: false });
    expect(await placeOf(late)).toEqual({ ahead: 2, doctorBusy: false });
    const talking = await arrived('joined', 600);
    expect(await placeOf(second)).toEqual({ ahead: 1, doctorBusy: true });
    // Who is with the doctor is not kept out by himself.
    expect(await placeOf(talking)).toMatchObject({ doctorBusy: false });
  });

  it('keeps the place of who loads the page anew, and not of who went away', async () => {
    const stayed = await arrived('waiting', 2_000, 'colleague');
    const moves = await arrived('waiting', 3_000, 'colleague');
    const put = (state: 'waiting' | 'left', leftSecondsAgo: number) =>
      world.gateway.database.database.asSystem('arrange a test', (trx) =>
        trx
          .updateTable('participants')
          .set({
            state,
            left_at: state === 'left' ? new Date(Date.now() - leftSecondsAgo * 1000) : null,
          })
          .where('consultation_id', '=', moves.id)
          .execute(),
      );
    expect((await placeOf(stayed)).ahead).toBe(1);
    expect((await placeOf(moves)).ahead).toBe(0);
    await put('left', 5);
    // Nobody stands before him for as long as he is away, and his place is not lost yet.
    expect((await placeOf(stayed)).ahead).toBe(0);
    expect((await placeOf(moves)).ahead).toBe(0);
    await put('waiting', 0);
    expect((await placeOf(stayed)).ahead).toBe(1);
    await put('left', 300);
    // Behind everybody, as who comes now for the first time.
    const last = (await placeOf(await arrived(null, 0, 'colleague'))).ahead;
    expect(last).toBeGreaterThan(0);
    expect((await placeOf(moves)).ahead).toBe(last);
    await put('waiting', 0);
    expect((await placeOf(stayed)).ahead).toBe(0);
    expect((await placeOf(moves)).ahead).toBe(last);
  });

  it('takes a message that the doctor reads, and nobody of another consultation', async () => {
    const mine = await arrived('waiting', 60);
    const path = `/api/consultations/${mine.id}/waiting-messages`;
    const left = await mine.invitation.api('POST', path, { text: '  Estou sem câmera hoje. ' });
    expect(left.status).toBe(201);
    expect(z.parse(waitingMessage, left.body).text).toBe('Estou sem câmera hoje.');
    for (const reader of [mine.invitation.api, world.doctor]) {
      const { items } = listOf(waitingMessage).parse((await reader('GET', path)).body);
      expect(items).toEqual([left.body]);
    }
    const other = await arrived('waiting', 30);
    for (const stranger of [other.invitation.api, world.stranger, world.otherDoctor]) {
      expect(code(await stranger('GET', path))).toEqual([404, 'not_found']);
    }
    expect(code(await other.invitation.api('POST', path, { text: 'x' }))).toEqual([
      404,
      'not_found',
    ]);
    expect(code(await world.doctor('POST', path, { text: 'x' }))).toEqual([403, 'forbidden']);
    expect(code(await world.admin('GET', path))).toEqual([403, 'forbidden']);
  });

  it('is closed to guests, and takes ten messages of words', async () => {
    const made = await world.aConsultation();
    const guest = await world.anInvitation(made.id, 'guest');
    const patient = await world.anInvitation(made.id);
    const path = `/api/consultations/${made.id}/waiting-messages`;
    for (const asked of [path, `/api/consultations/${made.id}/waiting-place`]) {
      expect(code(await guest.api('GET', asked))).toEqual([403, 'forbidden']);
    }
    for (const text of ['', '   ', 'x'.repeat(501)]) {
      expect(code(await patient.api('POST', path, { text }))).toEqual([400, 'validation_failed']);
    }
    for (let count = 0; count < 10; count += 1) {
      expect((await patient.api('POST', path, { text: `recado ${count}` })).status).toBe(201);
    }
    expect(code(await patient.api('POST', path, { text: 'mais um' }))).toEqual([409, 'conflict']);
  });
});
