import { join } from 'node:path';
import { createFolderStore } from '@medcall/service-kit';
import { dataRequest, erasureResult, listOf } from '@medcall/shared-types';
import { strFromU8, unzipSync } from 'fflate';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOf } from '../testing/owner-client.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aPatient, type TestPatient } from '../testing/world.ts';

let world: TwoClinics;
let owner: pg.Client;

beforeAll(async () => {
  world = await twoClinics();
  owner = await ownerOf(world.gateway);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

const day = 86_400_000;
const ask = async (patient: TestPatient, kind: string) => {
  const made = await world.admin('POST', '/api/data-requests', { patient_id: patient.id, kind });
  expect(made.status).toBe(201);
  return dataRequest.parse(made.body);
};

describe('a request of a data subject', () => {
  it('has fifteen days from the moment it is written down, and the clock is nobody’s to move', async () => {
    const made = await ask(world.joao, 'access');
    expect(Date.parse(made.due_at) - Date.parse(made.requested_at)).toBe(15 * day);
    expect(made).toMatchObject({ status: 'open', overdue: false });
    await expect(
      owner.query("update data_requests set due_at = due_at + interval '1 day' where id = $1", [
        made.id,
      ]),
    ).rejects.toMatchObject({ code: '23001' });
    world.gateway.clock.advance(16 * day);
    const seen = listOf(dataRequest).parse(
      (await world.admin('GET', `/api/data-requests?patient_id=${world.joao.id}`)).body,
    ).items;
    world.gateway.clock.advance(-16 * day);
    expect(seen.find(({ id }) => id === made.id)).toMatchObject({ overdue: true, days_left: -1 });
  });

  it('is settled with what was done, or refused with the reason, once', async () => {
    const made = await ask(world.joao, 'correction');
    const path = `/api/data-requests/${made.id}`;
    expect(code(await world.admin('PATCH', path, { status: 'refused' }))).toEqual([
      400,
      'validation_failed',
    ]);
    expect((await world.admin('PATCH', path, { status: 'in_progress' })).body.status).toBe(
      'in_progress',
    );
    const done = await world.admin('PATCH', path, {
      status: 'done',
      resolution: 'Endereço corrigido na ficha.',
    });
    expect(done.body).toMatchObject({ status: 'done', days_left: null, overdue: false });
    const again = await world.admin('PATCH', path, { status: 'refused', resolution: 'não' });
    expect(code(again)).toEqual([409, 'conflict']);
  });

  it('is written down by a doctor for those he cares for, and handled by the administration', async () => {
    const carla = await aPatient(world.gateway, world.clinic, 'Carla Dias');
    const body = { patient_id: carla.id, kind: 'access' };
    expect(code(await world.doctor('POST', '/api/data-requests', body))).toEqual([
      404,
      'not_found',
    ]);
    await world.aConsultation({ patient_id: carla.id });
    const made = await world.doctor('POST', '/api/data-requests', body);
    expect(made.status).toBe(201);
    const path = `/api/data-requests/${made.body.id}`;
    expect(code(await world.doctor('PATCH', path, { status: 'in_progress' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(code(await world.strangerAdmin('PATCH', path, { status: 'in_progress' }))).toEqual([
      404,
      'not_found',
    ]);
    expect((await world.strangerAdmin('GET', '/api/data-requests')).body.items).toEqual([]);
  });

  it('comes in pages, open ones first, none twice', async () => {
    const dora = await aPatient(world.gateway, world.clinic, 'Dora Pages');
    const made = [];
    for (let index = 0; index < 5; index += 1) made.push(await ask(dora, 'access'));
    await world.admin('PATCH', `/api/data-requests/${made[0]?.id}`, {
      status: 'done',
      resolution: 'feito',
    });
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/api/data-requests?patient_id=${dora.id}&limit=2${cursor && `&cursor=${cursor}`}`;
      const page = listOf(dataRequest).parse((await world.admin('GET', path)).body);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)).toBe(made[0]?.id);
  });
});

describe('erasure', () => {
  it('of a treated person keeps the record with its law, and erases what consent kept', async () => {
    const ana = await aPatient(world.gateway, world.clinic, 'Ana Tratada');
    await owner.query(
      "update patients set email = 'ana@example.com', phone = '11999990000' where id = $1",
      [ana.id],
    );
    const made = await world.aConsultation({ patient_id: ana.id });
    const patient = await world.anInvitation(made.id);
    await patient.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'recording',
      accepted: true,
    });
    await owner.query(
      "update consultations set status = 'IN_PROGRESS', started_at = now() where id = $1",
      [made.id],
    );
    await world.doctor('PUT', `/api/consultations/${made.id}/note`, {
      sections: { plano: [{ text: 'Repouso.' }] },
    });
    const request = await ask(ana, 'erasure');
    const answer = await world.admin('POST', `/api/data-requests/${request.id}/erase`);
    const result = erasureResult.parse(answer.body);
    expect(result.erased).toContain('e-mail e telefone');
    expect(result.erased.join()).toContain('gravações');
    expect(result.kept[0]?.basis).toContain('Lei 13.787/2018, art. 6º');
    expect(result.request).toMatchObject({ status: 'done' });
    const card = await owner.query('select name, cpf, email, phone from patients where id = $1', [
      ana.id,
    ]);
    expect(card.rows[0]).toEqual({ name: ana.name, cpf: ana.cpf, email: null, phone: null });
    const consents = await owner.query(
      "select accepted from consents where consultation_id = $1 and type = 'recording' order by position",
      [made.id],
    );
    expect(consents.rows).toEqual([{ accepted: true }, { accepted: false }]);
    expect((await world.doctor('GET', `/api/consultations/${made.id}/note`)).status).toBe(200);
    expect(code(await patient.api('GET', `/api/consultations/${made.id}`))).toEqual([
      401,
      'unauthenticated',
    ]);
    const again = await world.admin('POST', `/api/data-requests/${request.id}/erase`);
    expect(code(again)).toEqual([409, 'conflict']);
  });

  it('of a person who was never treated leaves no name, CPF or date', async () => {
    const bia = await aPatient(world.gateway, world.clinic, 'Bia Nunca Veio');
    const request = await ask(bia, 'erasure');
    const answer = await world.admin('POST', `/api/data-requests/${request.id}/erase`);
    expect(erasureResult.parse(answer.body).erased).toContain('todo o cadastro');
    const { rows } = await owner.query(
      'select patients::text as line from patients where id = $1',
      [bia.id],
    );
    expect(rows[0].line).not.toContain('Bia');
    expect(rows[0].line).not.toContain(bia.cpf);
    expect((await world.admin('GET', '/api/patients?search=Bia Nunca')).body.items).toEqual([]);
  });

  it('is for requests of erasure, by the administration of the clinic', async () => {
    const access = await ask(world.joao, 'access');
    const path = `/api/data-requests/${access.id}/erase`;
    expect(code(await world.admin('POST', path))).toEqual([409, 'conflict']);
    expect(code(await world.doctor('POST', path))).toEqual([403, 'forbidden']);
    expect(code(await world.strangerAdmin('POST', path))).toEqual([404, 'not_found']);
  });
});

describe('the export', () => {
  async function aRecord() {
    const eva = await aPatient(world.gateway, world.clinic, 'Eva <b>Aspas</b> "Ç"');
    const made = await world.aConsultation({ patient_id: eva.id });
    const root = `/api/consultations/${made.id}`;
    await owner.query(
      `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
       values ($1, 'PACIENTE', 'Dói há três dias.', now(), 0, 900)`,
      [made.roomId],
    );
    await owner.query(
      "insert into suggestions (room_id, question) values ($1, 'Pergunta do motor?')",
      [made.roomId],
    );
    await world.doctor('PUT', `${root}/note`, {
      sections: { subjetivo: [{ text: 'Dor há três dias & <script>.' }] },
    });
    await world.doctor('POST', `${root}/note/sign`, {});
    await world.doctor('POST', `${root}/note/addenda`, { text: 'Leia-se quatro dias.' });
    const draft = await world.doctor('POST', `${root}/documents`, {
      kind: 'instructions',
      content: { text: 'Beber água.' },
    });
    await world.doctor('POST', `${root}/documents/${draft.body.id}/approve`);
    await world.doctor('POST', `${root}/documents`, {
      kind: 'instructions',
      content: { text: 'Rascunho que não sai.' },
    });
    return { eva, made };
  }

  it('is a readable archive with the signed papers, and the same as JSON', async () => {
    const { eva, made } = await aRecord();
    const answer = await world.doctor('GET', `/api/patients/${eva.id}/export`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const files = unzipSync(new Uint8Array(answer.bytes));
    const names = Object.keys(files);
    expect(names).toEqual(expect.arrayContaining(['leia-me.txt', 'prontuario.html', 'dados.json']));
    const pdfs = names.filter((name) => name.endsWith('.pdf'));
    expect(pdfs).toHaveLength(2);
    for (const name of pdfs) {
      expect(
        Buffer.from(files[name] ?? [])
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    const page = strFromU8(files['prontuario.html'] ?? new Uint8Array());
    expect(page).toContain('Dor há três dias &amp; &lt;script&gt;.');
    expect(page).toContain('Leia-se quatro dias.');
    expect(page).toContain('Eva &lt;b&gt;Aspas');
    expect(page).not.toMatch(/<script|src=|https?:/);
    const transcript = names.find((name) => name.startsWith('transcricoes/')) ?? '';
    expect(strFromU8(files[transcript] ?? new Uint8Array())).toContain('Dói há três dias.');
    const everything = [page, strFromU8(files['dados.json'] ?? new Uint8Array())].join();
    expect(everything).not.toContain('Pergunta do motor');
    expect(everything).not.toContain('Rascunho que não sai');

    const json = await world.doctor('GET', `/api/patients/${eva.id}/export?format=json`);
    expect(json.body).toMatchObject({
      patient: { id: eva.id, cpf: eva.cpf },
      consultations: [
        {
          id: made.id,
          note: { addenda: [{ text: 'Leia-se quatro dias.' }] },
          documents: [{ kind: 'instructions', content: { text: 'Beber água.' } }],
          transcript: { items: [{ text: 'Dói há três dias.' }] },
        },
      ],
    });
    const audited = await owner.query(
      "select changes from audit_logs where action = 'patient.export' and patient_id = $1 order by seq",
      [eva.id],
    );
    expect(audited.rows).toEqual([{ changes: { format: 'zip' } }, { changes: { format: 'json' } }]);
    // The papers in it are no prints.
    const prints = await owner.query(
      "select action from audit_logs where action in ('note.print', 'document.print') and patient_id = $1",
      [eva.id],
    );
    expect(prints.rows).toEqual([]);
  });

  it('brings the sound that the patient agreed to keep, for as long as he does', async () => {
    const { eva, made } = await aRecord();
    const { env } = world.gateway.container;
    const store = createFolderStore(join(env.DATA_DIR, 'objects'));
    const sound = Buffer.alloc(700_000, 5);
    await store.put(`recordings/${made.id}.ogg`, sound, 'audio/ogg');
    await owner.query(
      `insert into recordings (room_id, status, storage_key, content_type, size_bytes)
       values ($1, 'ready', $2, 'audio/ogg', $3)`,
      [made.roomId, `recordings/${made.id}.ogg`, sound.length],
    );
    const invited = await world.anInvitation(made.id);
    const soundsIn = async () => {
      const answer = await world.doctor('GET', `/api/patients/${eva.id}/export`);
      expect(answer.status, answer.text).toBe(200);
      const files = unzipSync(new Uint8Array(answer.bytes));
      return Object.entries(files).filter(([name]) => name.startsWith('audio/'));
    };
    const say = (accepted: boolean) =>
      invited.api('POST', `/api/consultations/${made.id}/consents`, {
        type: 'recording',
        accepted,
      });
    expect(await soundsIn()).toEqual([]);
    expect((await say(true)).status).toBe(201);
    const [kept] = await soundsIn();
    expect(kept?.[0]).toMatch(/^audio\/.*\.ogg$/);
    expect(Buffer.from(kept?.[1] ?? []).equals(sound)).toBe(true);
    // One that the store has lost is said, not left out.
    await store.remove(`recordings/${made.id}.ogg`);
    expect((await soundsIn()).map(([name]) => name)).toEqual([`${kept?.[0]}.txt`]);
    await say(false);
    expect(await soundsIn()).toEqual([]);
  });

  it('is for the doctor who cares for the patient: nobody else’s', async () => {
    const { eva } = await aRecord();
    const path = `/api/patients/${eva.id}/export`;
    expect(code(await world.admin('GET', path))).toEqual([403, 'forbidden']);
    expect(code(await world.otherDoctor('GET', path))).toEqual([404, 'not_found']);
    expect(code(await world.stranger('GET', path))).toEqual([404, 'not_found']);
  });
});
