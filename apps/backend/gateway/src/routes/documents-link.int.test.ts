import { describe, expect, it } from 'vitest';
import {
  aDocumentsLink,
  aDraft,
  anApproved,
  aSignedNote,
  born,
  exchange,
  leave,
  owner,
  readPdf,
  root,
  usePaperWorld,
  world,
} from '../testing/paper-world.ts';
import { code } from '../testing/two-clinics.ts';
import { apiOf } from '../testing/world.ts';

usePaperWorld();

describe('a link to documents', () => {
  it('opens approved documents for 30 days after the birth date, also when the consultation is over', async () => {
    const { made } = await aSignedNote();
    const approved = await anApproved(made.id);
    const draft = await aDraft(made.id, leave);
    const link = await aDocumentsLink(made.id);
    const days = (Date.parse(link.expiresAt) - world.gateway.clock.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    await owner.query(
      "update consultations set status = 'COMPLETED', started_at = now(), ended_at = now() where id = $1",
      [made.id],
    );
    const asked = await exchange(link.token);
    expect(code(asked)).toEqual([400, 'validation_failed']);
    expect(asked.body.error.details).toEqual({ birthDate: true });
    const opened = await exchange(link.token, born);
    expect(opened.status).toBe(200);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    const list = await patient('GET', root(made.id));
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([approved.id]);
    const { text } = await readPdf(patient, `${root(made.id)}/${approved.id}/pdf`);
    expect(text).toContain('Losartana');
    expect(code(await patient('GET', `${root(made.id)}/${draft.id}/pdf`))).toEqual([
      404,
      'not_found',
    ]);
    for (const [method, path] of [
      ['GET', `/api/consultations/${made.id}`],
      ['GET', `/api/consultations/${made.id}/consents`],
      ['POST', `/api/consultations/${made.id}/consents`],
    ] as const) {
      const body = method === 'POST' ? { type: 'ai', accepted: true } : undefined;
      expect(code(await patient(method, path, body)), path).toEqual([403, 'forbidden']);
    }
    for (const rest of ['note', 'note.pdf', 'transcript', 'suggestions', 'letter', 'ai-use']) {
      expect(code(await patient('GET', `/api/consultations/${made.id}/${rest}`)), rest).toEqual([
        403,
        'forbidden',
      ]);
    }
    const read = await owner.query(
      "select actor_kind from audit_logs where action = 'document.print' and patient_id = $1 and actor_kind = 'paciente'",
      [made.patient_id],
    );
    expect(read.rowCount).toBeGreaterThan(0);
    world.gateway.clock.advance(31 * 86_400_000);
    expect(code(await exchange(link.token, born))).toEqual([404, 'not_found']);
    world.gateway.clock.advance(-31 * 86_400_000);
  });

  it('closes after five wrong birth dates, also when they come at once', async () => {
    const made = await world.aConsultation();
    await anApproved(made.id);
    const link = await aDocumentsLink(made.id);
    const guesses = Array.from(
      { length: 12 },
      (_, day) => `1990-01-${String(day + 1).padStart(2, '0')}`,
    );
    const answers = await Promise.all(guesses.map((guess) => exchange(link.token, guess)));
    expect(answers.map((answer) => code(answer)[1]).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'forbidden'),
      ...Array.from({ length: 5 }, () => 'validation_failed'),
    ]);
    expect(code(await exchange(link.token, born))).toEqual([403, 'forbidden']);
    const failed = await owner.query(
      "select 1 from audit_logs where action = 'invitation.exchange' and outcome = 'failed' and record_id = $1",
      [link.id],
    );
    expect(failed.rowCount).toBe(13);
  });

  it('needs something approved, a birth date on the card, and stops when it is revoked', async () => {
    const made = await world.aConsultation();
    const ask = () =>
      world.doctor('POST', '/api/invitations', { consultationId: made.id, kind: 'documents' });
    expect(code(await ask())).toEqual([400, 'validation_failed']);
    await anApproved(made.id);
    await owner.query('update patients set birth_date = null where id = $1', [world.joao.id]);
    expect(code(await ask())).toEqual([409, 'conflict']);
    await owner.query('update patients set birth_date = $1 where id = $2', [born, world.joao.id]);
    const byFrontDesk = await world.admin('POST', '/api/invitations', {
      consultationId: made.id,
      kind: 'documents',
    });
    expect(byFrontDesk.status).toBe(201);
    const link = await aDocumentsLink(made.id);
    const opened = await exchange(link.token, born);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    expect((await patient('GET', root(made.id))).status).toBe(200);
    await world.doctor('DELETE', `/api/invitations/${link.id}`);
    expect(code(await patient('GET', root(made.id)))).toEqual([401, 'unauthenticated']);
    expect(code(await exchange(link.token, born))).toEqual([404, 'not_found']);
  });

  it('of one consultation opens no other', async () => {
    const made = await world.aConsultation();
    const other = await world.aConsultation();
    await anApproved(made.id);
    const foreign = await anApproved(other.id);
    const opened = await exchange((await aDocumentsLink(made.id)).token, born);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    expect(code(await patient('GET', root(other.id)))).toEqual([404, 'not_found']);
    expect(code(await patient('GET', `${root(made.id)}/${foreign.id}/pdf`))).toEqual([
      404,
      'not_found',
    ]);
  });
});
