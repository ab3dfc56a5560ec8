import { consent, listOf, patientCard } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  aReachable,
  drainAll,
  fromNow,
  hour,
  invite,
  later,
  resend,
  twilio,
  useMessageWorld,
  world,
} from '../testing/message-world.ts';
import { code } from '../testing/two-clinics.ts';

useMessageWorld();

async function aCard(more: Record<string, unknown>): Promise<string> {
  const made = await world.admin('POST', '/api/patients', { name: 'Nilda Duas Fichas', ...more });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}
async function join(kept: string, merged: string): Promise<void> {
  const answer = await world.admin('POST', `/api/patients/${kept}/merge`, { merged_id: merged });
  expect(answer.status, answer.text).toBe(200);
}
const correct = async (id: string, changes: Record<string, unknown>) =>
  expect((await world.admin('PATCH', `/api/patients/${id}`, changes)).status).toBe(200);
const mailsTo = (email: string) => resend.sent.filter(({ to }) => to.includes(email));

/** A birthday that is some years ago, in any time zone. */
const yearsAgo = (years: number) => `${new Date().getFullYear() - years}-01-01`;

describe('a consultation that was booked under a card that was joined later', () => {
  it('reminds and invites at the addresses of the card that stands', async () => {
    const [old, wrong, right] = ['velha', 'errada', 'certa'].map((word) => `${word}@ficha.test`);
    const joined = await aCard({ email: old, phone: '(11) 98111-0001' });
    const kept = await aCard({ email: wrong, phone: '(11) 98111-0002' });
    const { id } = await world.aConsultation({
      patient_id: joined,
      scheduled_at: fromNow(30 * hour),
      duration_minutes: 5,
    });
    await drainAll();
    await join(kept, joined);
    await correct(kept, { email: right, phone: '(11) 98111-0003' });
    await later(6.1 * hour);
    expect((await invite(id, ['email'])).status).toBe(201);
    await drainAll();
    expect(mailsTo(right ?? '')).toHaveLength(2);
    expect([...mailsTo(old ?? ''), ...mailsTo(wrong ?? '')]).toEqual([]);
    const told = twilio.messages.map(({ to }) => to);
    expect(told).toContain('+5511981110003');
    expect(told).not.toContain('+5511981110001');
  });

  it('plans a reminder for the address that only the card that stands has', async () => {
    const [joined, kept] = [await aCard({}), await aCard({ email: 'nova@ficha.test' })];
    const { id } = await world.aConsultation({ patient_id: joined });
    await join(kept, joined);
    const moved = await world.doctor('PATCH', `/api/consultations/${id}`, {
      scheduled_at: fromNow(30 * hour),
    });
    expect(moved.status, moved.text).toBe(200);
    await drainAll();
    await later(6.1 * hour);
    expect(mailsTo('nova@ficha.test')).toHaveLength(1);
  });

  it('opens its documents by the birth date that was corrected', async () => {
    const joined = await aCard({ birth_date: '1961-09-03' });
    const kept = await aCard({ birth_date: '1961-09-03' });
    const { id } = await world.aConsultation({ patient_id: joined });
    const documents = `/api/consultations/${id}/documents`;
    const draft = await world.doctor('POST', documents, {
      kind: 'prescription',
      content: { items: [{ medicine: 'Losartana 50 mg', directions: '1 pela manhã.' }] },
    });
    const approved = await world.doctor('POST', `${documents}/${draft.body.id}/approve`);
    expect(approved.status, approved.text).toBe(200);
    await join(kept, joined);
    await correct(kept, { birth_date: '1961-03-09' });
    const link = await world.doctor('POST', '/api/invitations', {
      consultationId: id,
      kind: 'documents',
    });
    expect(link.status, link.text).toBe(201);
    const open = (birthDate: string) =>
      world.nobody('POST', '/api/invitations/exchange', { token: link.body.token, birthDate });
    expect(code(await open('1961-09-03'))).toEqual([400, 'validation_failed']);
    expect((await open('1961-03-09')).status).toBe(200);
  });

  it.each([
    ['the card that stands', { kept: yearsAgo(7), joined: undefined }],
    ['the joined card', { kept: undefined, joined: yearsAgo(7) }],
  ])('asks a guardian’s consent for a child whose birth date is on %s', async (_, born) => {
    const [joined, kept] = [
      await aCard(born.joined ? { birth_date: born.joined } : {}),
      await aCard(born.kept ? { birth_date: born.kept } : {}),
    ];
    const { id } = await world.aConsultation({ patient_id: joined });
    const { api } = await world.anInvitation(id);
    await join(kept, joined);
    await correct(kept, { name: 'Nilda Corrigida' });
    const path = `/api/consultations/${id}/consents`;
    const give = (signer?: object) => api('POST', path, { type: 'care', accepted: true, signer });
    expect(code(await give())).toEqual([400, 'validation_failed']);
    expect(code(await give({ name: 'nilda corrigida', relation: 'filha' }))).toEqual([
      400,
      'validation_failed',
    ]);
    const given = await give({ name: 'Rosa Mãe', relation: 'mãe' });
    expect(z.parse(consent, given.body)).toMatchObject({ signer_name: 'Rosa Mãe' });
  });

  it('lets an adult sign under the name that was corrected', async () => {
    const [joined, kept] = [await aCard({}), await aCard({ birth_date: '1970-01-02' })];
    const { id } = await world.aConsultation({ patient_id: joined });
    const { api } = await world.anInvitation(id);
    await join(kept, joined);
    await correct(kept, { name: 'Nilda Corrigida' });
    const path = `/api/consultations/${id}/consents`;
    const given = await api('POST', path, { type: 'care', accepted: true });
    expect(z.parse(consent, given.body)).toMatchObject({ signer_name: 'Nilda Corrigida' });
    // Another consultation's link is told nothing of this patient.
    const other = await aReachable();
    const elsewhere = await world.aConsultation({ patient_id: other.id });
    const stranger = await world.anInvitation(elsewhere.id);
    expect(code(await stranger.api('POST', path, { type: 'care', accepted: true }))).toEqual([
      404,
      'not_found',
    ]);
  });
});

describe('papers and lists', () => {
  it('name the person by the card that stands, and by the joined one what only that says', async () => {
    const joined = await aCard({ birth_date: '1949-12-31', address: 'Rua Velha, 1' });
    const kept = await aCard({});
    const { id } = await world.aConsultation({ patient_id: joined });
    const documents = `/api/consultations/${id}/documents`;
    const draft = await world.doctor('POST', documents, {
      kind: 'prescription',
      content: { items: [{ medicine: 'Losartana 50 mg', directions: '1 pela manhã.' }] },
    });
    await join(kept, joined);
    await correct(kept, { name: 'Nilda de Agora', address: 'Rua Nova, 2' });
    const approved = await world.doctor('POST', `${documents}/${draft.body.id}/approve`);
    expect(approved.status, approved.text).toBe(200);
    const { printed } = await world.gateway.database.database.asSystem('read a test', (trx) =>
      trx
        .selectFrom('documents')
        .select('printed')
        .where('id', '=', draft.body.id)
        .executeTakeFirstOrThrow(),
    );
    expect(printed).toMatchObject({
      patient: { name: 'Nilda de Agora', address: 'Rua Nova, 2', birth_date: '1949-12-31' },
    });
    const shown = await world.doctor('GET', `/api/consultations/${id}`);
    expect(shown.body.patient).toEqual({ id: joined, name: 'Nilda de Agora' });
    const { items } = (await world.doctor('GET', '/api/consultations?limit=200')).body;
    expect(items.find((one: { id: string }) => one.id === id).patient.name).toBe('Nilda de Agora');
    // The bearer of a link sees the card of his consultation alone.
    const { api } = await world.anInvitation(id);
    expect((await api('GET', `/api/consultations/${id}`)).status).toBe(200);
  });
});

describe('who looks for a person', () => {
  it('finds the card that stands by what only the joined one says, once', async () => {
    const joined = await aCard({ name: 'Quitéria Zacarias', email: 'quiteria@ficha.test' });
    const kept = await aCard({ name: 'Dorival Outro Nome' });
    await join(kept, joined);
    for (const search of ['Quitéria Zacarias', 'quiteria@ficha', 'quiteria']) {
      const { body } = await world.doctor('POST', '/api/patients/search', { search });
      const ids = listOf(patientCard)
        .parse(body)
        .items.map((card) => card.id);
      expect(
        ids.filter((id) => id === kept),
        search,
      ).toEqual([kept]);
      expect(ids, search).not.toContain(joined);
    }
  });

  it('brings nobody in a second time who is known under a joined card', async () => {
    const joined = await aCard({ name: 'Tércio Repetido', birth_date: '1958-04-05' });
    const kept = await aCard({ name: 'Tercio R. Silva', birth_date: '1958-05-04' });
    await join(kept, joined);
    const lines = 'nome;nascimento\nTércio Repetido;05/04/1958\n';
    const answer = await world.admin('POST', '/api/patients/import', {
      content_base64: Buffer.from(lines).toString('base64'),
      dry_run: true,
    });
    expect(answer.body.lines).toMatchObject([{ status: 'duplicate', patient_id: kept }]);
  });
});

describe('a guardian and her child', () => {
  it('are two people, also when one of them has two cards', async () => {
    const [child, mother, second] = [await aCard({}), await aCard({}), await aCard({})];
    await world.admin('PUT', `/api/patients/${child}/guardians/${mother}`, { relation: 'mãe' });
    await join(mother, second);
    for (const [kept, merged] of [
      [child, mother],
      [mother, child],
    ]) {
      const refused = await world.admin('POST', `/api/patients/${kept}/merge`, {
        merged_id: merged,
      });
      expect([refused.status, refused.body.error?.details]).toEqual([409, { reason: 'guardian' }]);
    }
    await world.admin('DELETE', `/api/patients/${child}/guardians/${mother}`);
    await join(child, mother);
    // A link of before the rule makes nobody his own guardian.
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx
        .updateTable('patient_guardians')
        .set({ ended_at: null })
        .where('patient_id', '=', child)
        .execute(),
    );
    const card = await world.doctor('GET', `/api/patients/${child}`);
    expect(card.body.guardians).toEqual([]);
  });
});

describe('a reason to care that is stated', () => {
  it('is the doctor’s own and on the audit, whatever joining related them before', async () => {
    const [hers, other] = [await aCard({}), await aCard({})];
    const state = (reason: string) =>
      world.otherDoctor('POST', `/api/patients/${hers}/care-relations`, { reason });
    await world.otherDoctor('POST', `/api/patients/${other}/care-relations`, { reason: 'retorno' });
    await join(hers, other);
    const stated = await state('segunda opinião');
    expect(stated.body).toMatchObject({ origin: 'stated', reason: 'segunda opinião' });
    // Said again, it is what it was.
    expect((await state('mais uma vez')).body).toMatchObject({ reason: 'segunda opinião' });
    const log = await world.admin(
      'GET',
      `/api/audit?action=care_relation.stated&record_id=${stated.body.doctor_id}:${hers}`,
    );
    expect(log.body.items).toHaveLength(1);
    await world.admin('POST', `/api/patients/${other}/part`);
    expect((await world.otherDoctor('GET', `/api/patients/${hers}`)).body).toHaveProperty(
      'allergies',
    );
  });
});
