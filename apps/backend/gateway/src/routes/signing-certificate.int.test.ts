import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  certificateProblemMessages,
  documentView,
  noteView,
  signingCertificateStatus,
} from '@medcall/shared-types';
import type pg from 'pg';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anIcpChain,
  type Holder,
  issueA1,
  pemOf,
} from '../../../../../tests/support/icp/icp-chain.ts';
import { ownerOf } from '../testing/owner-client.ts';
import { prescription } from '../testing/paper-world.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

const path = '/api/signing-certificate';
const day = 86_400_000;
const chain = anIcpChain();
const cpf = '52998224725';
const password = 'uma senha';

let folder: string;
let world: TwoClinics;
let owner: pg.Client;
let name: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'icp-roots-'));
  await mkdir(join(folder, 'teste'));
  await writeFile(join(folder, 'teste', 'raiz.pem'), pemOf(chain.root));
  world = await twoClinics({ ICP_BRASIL_ROOTS: folder, MEDCALL_DEMO: '1' });
  owner = await ownerOf(world.gateway);
  name = 'Dra. Beatriz Nogueira';
  await owner.query('update medicos set nome = $1 where id = $2', [
    name,
    world.clinic.doctor.medicoId,
  ]);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => owner.query('delete from signing_certificates'));

function body(change: Partial<Holder> = {}, by = chain) {
  const { p12 } = issueA1(by, { name: 'Beatriz Alves Nogueira', cpf, password, ...change });
  return { file: p12.toString('base64'), password };
}

async function store(change: Partial<Holder> = {}) {
  const answer = await world.doctor('PUT', path, body(change));
  expect(answer.status).toBe(200);
  return signingCertificateStatus.parse(answer.body).certificate;
}

async function aDraft() {
  const { id } = await world.aConsultation();
  const made = await world.doctor('POST', `/api/consultations/${id}/documents`, prescription);
  expect(made.status).toBe(201);
  return `/api/consultations/${id}/documents/${documentView.parse(made.body).id}`;
}

async function pdfOf(address: string) {
  const answer = await world.doctor('GET', address);
  expect(answer.status).toBe(200);
  const { text } = await extractText(new Uint8Array(answer.bytes), { mergePages: true });
  return { file: answer.bytes.toString('latin1'), text: text.replace(/\s+/g, ' ') };
}

describe('a doctor’s certificate', () => {
  it('is stored without its password, shown without its key, replaced and taken away', async () => {
    expect((await world.doctor('GET', path)).body).toEqual({ available: true, certificate: null });
    const first = await store();
    expect(first).toMatchObject({
      holder: 'BEATRIZ ALVES NOGUEIRA',
      cpf: '***.982.247-**',
      test: true,
      problem: null,
    });
    const second = await store();
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    const shown = await world.doctor('GET', path);
    expect(Object.keys(shown.body.certificate).sort()).toEqual([
      'cpf',
      'createdAt',
      'fingerprint',
      'holder',
      'id',
      'issuer',
      'problem',
      'serial',
      'test',
      'validFrom',
      'validUntil',
    ]);
    const { rows } = await owner.query('select key_sealed from signing_certificates');
    expect(rows).toHaveLength(1);
    expect(rows[0].key_sealed.toString('latin1')).not.toMatch(/chain|key|MII/);
    // A colleague has none of it.
    expect((await world.otherDoctor('GET', path)).body.certificate).toBeNull();
    expect((await world.doctor('DELETE', path)).status).toBe(204);
    expect((await world.doctor('DELETE', path)).status).toBe(204);
    expect((await owner.query('select 1 from signing_certificates')).rows).toEqual([]);
    const { rows: audited } = await owner.query(
      "select action, changes from audit_logs where action like 'certificate.%' order by action",
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'certificate.remove',
      'certificate.store',
      'certificate.store',
    ]);
    const [removed, ...left] = audited.map(({ changes }) => changes.fingerprint);
    expect(removed).toBe(second?.fingerprint);
    expect(left.sort()).toEqual([first?.fingerprint, second?.fingerprint].sort());
  });

  it('is not followed by a namesake’s, unless it was taken away', async () => {
    const first = await store();
    const namesake = body({ cpf: '11144477735' });
    const refused = await world.doctor('PUT', path, namesake);
    expect(code(refused)).toEqual([409, 'conflict']);
    expect(refused.body.error).toMatchObject({
      message: certificateProblemMessages.other_cpf,
      details: { reason: 'other_cpf' },
    });
    expect((await world.doctor('GET', path)).body.certificate.fingerprint).toBe(first?.fingerprint);
    expect((await world.doctor('DELETE', path)).status).toBe(204);
    expect((await world.doctor('PUT', path, namesake)).body.certificate.cpf).toBe('***.444.777-**');
    expect((await world.doctor('DELETE', path)).status).toBe(204);
  });

  it.each([
    ['wrong_password', () => ({ ...body(), password: 'outra' })],
    ['not_a_file', () => ({ file: Buffer.alloc(200, 7).toString('base64'), password })],
    [
      'expired',
      () =>
        body({ notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - day) }),
    ],
    ['unknown_chain', () => body({}, anIcpChain('Outra'))],
    ['other_person', () => body({ name: 'Bruna Nogueira' })],
    ['not_for_signing', () => body({ forSigning: false })],
  ] as const)('is refused as %s in words that say so', async (problem, given) => {
    const answer = await world.doctor('PUT', path, given());
    expect(code(answer)).toEqual([409, 'conflict']);
    expect(answer.body.error).toMatchObject({
      message: certificateProblemMessages[problem],
      details: { reason: problem },
    });
    expect((await owner.query('select 1 from signing_certificates')).rows).toEqual([]);
  });

  it('goes with its doctor', async () => {
    await store();
    await owner.query('update medicos set active = false where id = $1', [
      world.clinic.doctor.medicoId,
    ]);
    expect((await owner.query('select 1 from signing_certificates')).rows).toEqual([]);
    await owner.query('update medicos set active = true where id = $1', [
      world.clinic.doctor.medicoId,
    ]);
  });
});

describe('a paper', () => {
  it('is signed when its doctor has a certificate, and the same whoever opens it', async () => {
    const certificate = await store();
    const draft = await aDraft();
    const preview = await pdfOf(`${draft}/pdf`);
    expect(preview.file).not.toContain('/ByteRange');
    const approved = documentView.parse((await world.doctor('POST', `${draft}/approve`)).body);
    expect(approved.signature).toMatchObject({ fingerprint: certificate?.fingerprint, test: true });
    // Taken away afterwards: what was signed stays signed.
    await world.doctor('DELETE', path);
    const { file, text } = await pdfOf(`${draft}/pdf`);
    expect(file).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(file).toContain('/2.16.76.1.12.1.1');
    expect(text).toContain('Assinado digitalmente por BEATRIZ ALVES NOGUEIRA (CPF ***.982.247-**)');
    expect(text).toContain('CERTIFICADO DE TESTE, SEM VALOR LEGAL');
    const check = await world.nobody('GET', `/api/verify/${approved.verification_code}`);
    expect(check.body.signature).toMatchObject({ holder: 'BEATRIZ ALVES NOGUEIRA', test: true });
    const { rows } = await owner.query(
      "select changes from audit_logs where action = 'document.approve' and record_id = $1",
      [approved.id],
    );
    expect(rows[0].changes).toMatchObject({ certificate: certificate?.fingerprint });
  });

  it('of a note too', async () => {
    await store();
    const { id } = await world.aConsultation();
    const note = `/api/consultations/${id}/note`;
    await world.doctor('PUT', note, { sections: { subjetivo: [{ text: 'Dor lombar.' }] } });
    const signed = noteView.parse((await world.doctor('POST', `${note}/sign`, {})).body);
    expect(signed.signature).toMatchObject({ holder: 'BEATRIZ ALVES NOGUEIRA' });
    expect(noteView.parse((await world.doctor('GET', note)).body).signature).toEqual(
      signed.signature,
    );
    const { file } = await pdfOf(`${note}.pdf`);
    expect(file).toContain('/2.16.76.1.12.1.6');
  });

  it('without a certificate says that it has no such signature', async () => {
    const draft = await aDraft();
    const approved = documentView.parse((await world.doctor('POST', `${draft}/approve`)).body);
    expect(approved.signature).toBeNull();
    const { file, text } = await pdfOf(`${draft}/pdf`);
    expect(file).not.toContain('/ByteRange');
    expect(text).toContain('Não contém assinatura qualificada ICP-Brasil');
  });

  it('is not issued at all with a certificate that has run out, until it is taken away', async () => {
    const minute = 60_000;
    await store({ notAfter: new Date(Date.now() + 5 * minute) });
    const draft = await aDraft();
    world.gateway.clock.advance(6 * minute);
    const refused = await world.doctor('POST', `${draft}/approve`);
    expect(code(refused)).toEqual([409, 'conflict']);
    expect(refused.body.error.message).toBe(certificateProblemMessages.expired);
    const shown = await world.doctor('GET', path);
    expect(shown.body.certificate.problem).toBe(certificateProblemMessages.expired);
    await world.doctor('DELETE', path);
    const approved = await world.doctor('POST', `${draft}/approve`);
    expect(documentView.parse(approved.body).signature).toBeNull();
  });
});
