import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@medcall/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anIcpChain,
  type Holder,
  issueA1,
  pemOf,
} from '../../../../../tests/support/icp/icp-chain.ts';
import { aRevocationList } from '../../../../../tests/support/icp/revocation-list.ts';
import { factsOf } from './certificate-facts.ts';
import { checkCertificate } from './check-certificate.ts';
import { openPkcs12 } from './open-pkcs12.ts';
import { createRevocation } from './revocation.ts';
import { isSamePerson } from './same-person.ts';
import { loadTrustStore } from './trust-store.ts';

const day = 86_400_000;
const logger = createLogger({ service: 'test', level: 'silent' });
const chain = anIcpChain();
const strange = anIcpChain('Outra Autoridade');
const doctor = { name: 'Beatriz Alves Nogueira', cpf: '52998224725', password: 'senha' };
const aFile = (change: Partial<Holder> = {}, by = chain) => issueA1(by, { ...doctor, ...change });

let folder: string;
let lists: Server;
let list: Buffer | null = null;
let asked = 0;
let crlUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'icp-'));
  await mkdir(join(folder, 'teste'));
  await writeFile(join(folder, 'raiz.crt'), pemOf(chain.root));
  await writeFile(join(folder, 'teste', 'raiz.pem'), pemOf(strange.root));
  lists = createServer((_, response) => {
    asked += 1;
    if (list) response.end(list);
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => lists.listen(0, '127.0.0.1', resolve));
  crlUrl = `http://127.0.0.1:${(lists.address() as AddressInfo).port}/lista.crl`;
});
afterAll(async () => {
  await new Promise((resolve) => lists.close(resolve));
  await rm(folder, { recursive: true });
});

const revocation = (allowLoopback = true) =>
  createRevocation({ clock: systemClock, logger, resolve: async () => [], allowLoopback });
async function check(file: Buffer, allowTest = false, asking = revocation()) {
  const trust = await loadTrustStore(folder, allowTest);
  const parts = { trust, revocation: asking, clock: systemClock };
  return checkCertificate(parts, openPkcs12(file, doctor.password));
}

describe('an A1 file', () => {
  it.each(['3des', 'aes256'] as const)('opens, enciphered with %s', (algorithm) => {
    const { leaf, others } = openPkcs12(aFile({ algorithm }).p12, doctor.password);
    expect(factsOf(leaf)).toMatchObject({
      holder: 'BEATRIZ ALVES NOGUEIRA',
      cpf: doctor.cpf,
      issuer: 'Autoridade Certificadora de Teste Final',
      maySign: true,
      crlUrls: [],
    });
    expect(others).toHaveLength(1);
  });

  it('does not open with another password, and is not any file', () => {
    const { p12 } = aFile();
    expect(() => openPkcs12(p12, 'outra')).toThrow(
      expect.objectContaining({ problem: 'wrong_password' }),
    );
    expect(() => openPkcs12(p12, '')).toThrow(
      expect.objectContaining({ problem: 'wrong_password' }),
    );
    for (const file of [Buffer.alloc(100), Buffer.from('%PDF-1.7'), p12.subarray(0, 300)]) {
      expect(() => openPkcs12(file, 'senha')).toThrow(
        expect.objectContaining({ problem: 'not_a_file' }),
      );
    }
  });

  it('of a key that may not sign says so', () => {
    const { leaf } = openPkcs12(aFile({ forSigning: false }).p12, doctor.password);
    expect(factsOf(leaf).maySign).toBe(false);
  });
});

describe('the chain', () => {
  it('must end at a root of the folder, and at one for tests only in a demonstration', async () => {
    expect(await check(aFile().p12)).toMatchObject({ isTest: false, revocation: 'unknown' });
    const other = aFile({}, strange).p12;
    await expect(check(other)).rejects.toMatchObject({ problem: 'unknown_chain' });
    expect(await check(other, true)).toMatchObject({ isTest: true });
    const nowhere = await loadTrustStore(undefined, true);
    const { leaf, others } = openPkcs12(aFile().p12, doctor.password);
    expect(() => nowhere.chainOf(leaf, others, new Date())).toThrow(
      expect.objectContaining({ problem: 'no_roots' }),
    );
  });

  it('does not take an authority of the same name with another key', async () => {
    await expect(check(aFile({}, anIcpChain()).p12)).rejects.toMatchObject({
      problem: 'unknown_chain',
    });
  });

  it('counts in its own time alone', async () => {
    const past = {
      notBefore: new Date(Date.now() - 9 * day),
      notAfter: new Date(Date.now() - day),
    };
    await expect(check(aFile(past).p12)).rejects.toMatchObject({
      problem: 'expired',
      code: 'conflict',
    });
    const later = {
      notBefore: new Date(Date.now() + day),
      notAfter: new Date(Date.now() + 9 * day),
    };
    await expect(check(aFile(later).p12)).rejects.toMatchObject({ problem: 'not_yet_valid' });
  });
});

describe('a list of revocations', () => {
  it('refuses what is on it, and is asked once until its next issue', async () => {
    const good = aFile({ crlUrl });
    const bad = aFile({ crlUrl });
    list = await aRevocationList(chain.issuing, [bad.serial]);
    const asking = revocation();
    asked = 0;
    expect(await check(good.p12, false, asking)).toMatchObject({ revocation: 'good' });
    await expect(check(bad.p12, false, asking)).rejects.toMatchObject({ problem: 'revoked' });
    expect(asked).toBe(1);
  });

  it('that is another’s, out of date, unreachable or in our own network says nothing', async () => {
    const file = aFile({ crlUrl });
    const states: string[] = [];
    const ask = async (allowLoopback = true) =>
      states.push((await check(file.p12, false, revocation(allowLoopback))).revocation);
    list = await aRevocationList(strange.issuing, [file.serial]);
    await ask();
    list = await aRevocationList(chain.issuing, [file.serial], new Date(Date.now() - 30_000));
    await ask();
    list = Buffer.from('not a list');
    await ask();
    list = null;
    await ask();
    list = await aRevocationList(chain.issuing, [file.serial]);
    await ask(false);
    expect(states).toEqual(Array(5).fill('unknown'));
  });
});

it.each([
  ['Dra. Beatriz Nogueira', 'BEATRIZ ALVES NOGUEIRA', true],
  ['José Antônio de Souza', 'JOSE ANTONIO DE SOUZA', true],
  ['Beatriz Alves Nogueira', 'BEATRIZ NOGUEIRA', true],
  ['Dra. Beatriz Nogueira', 'BRUNA ALVES NOGUEIRA', false],
  ['Dra. Beatriz Nogueira', 'BEATRIZ SOUZA', false],
  ['Beatriz', 'BEATRIZ', false],
])('%s and %s: the same person, %s', (registered, holder, same) => {
  expect(isSamePerson(registered, holder)).toBe(same);
});
