import { spawnSync } from 'node:child_process';
import {
  createHash,
  createPrivateKey,
  sign as rawSign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentKind } from '@medcall/shared-types';
import forge from 'node-forge';
import { extractText, getMeta } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { anIcpChain, issueA1, pemOf } from '../../../../../tests/support/icp/icp-chain.ts';
import {
  certutilPath,
  hasPdfsig,
  pdfsigPath,
} from '../../../../../tests/support/pdf-validators.ts';
import { fillSignature } from '../pdf/fill-signature.ts';
import { createPdfPrinter } from '../pdf/pdf-printer.ts';
import type { Paper } from '../services/papers/paper.ts';
import { detachedCms } from './detached-cms.ts';
import { openPkcs12 } from './open-pkcs12.ts';
import type { SigningKey } from './signer.ts';

const chain = anIcpChain();
const holder = { name: 'Beatriz Nogueira', cpf: '52998224725', password: 'abre-te sésamo' };
const issued = issueA1(chain, holder);
const opened = openPkcs12(issued.p12, holder.password);
const key: SigningKey = {
  chain: [opened.leaf, ...opened.others].map(({ raw }) => raw),
  sign: async (bytes) =>
    rawSign('sha256', bytes, createPrivateKey({ key: opened.key, format: 'der', type: 'pkcs8' })),
};

function aPaper(change: Partial<Paper> = {}): Paper {
  return {
    kind: 'prescription',
    title: 'Receita',
    letterhead: {
      doctor: {
        name: 'Dra. Beatriz Nogueira',
        crm: '123456/SP',
        rqe: null,
        specialty: 'Clínica médica',
        email: null,
      },
      clinic: {
        name: 'Clínica Aurora',
        address: null,
        phone: null,
        cnpj: null,
        timezone: 'America/Sao_Paulo',
      },
      patient: { name: 'João Souza', cpf: null, birth_date: null, address: null, location: null },
      care: { type: 'ONLINE', at: '2026-11-26T16:30:00.000Z' },
    },
    blocks: [{ kind: 'paragraph', text: 'Losartana potássica 50 mg.' }],
    issued: {
      at: new Date(),
      code: '7KQM-4R2T-XH9C-PW3E',
      verifyUrl: 'https://clinica.example/verificar/7KQM-4R2T-XH9C-PW3E',
      hash: 'a1'.repeat(32),
      certificate: {
        id: '6f9e1c1e-0d9b-4a53-9a57-0c2f1e1d7a10',
        holder: 'BEATRIZ NOGUEIRA',
        cpf: '***.982.247-**',
        issuer: 'Autoridade Certificadora de Teste Final',
        serial: issued.serial,
        fingerprint: 'b2'.repeat(32),
        test: false,
      },
    },
    ...change,
  };
}

async function aSignedPdf(change: Partial<Paper> = {}): Promise<Buffer> {
  const drawn = await createPdfPrinter().print(aPaper(change));
  return fillSignature(drawn, (pieces) => detachedCms(pieces, key));
}

/** Where the signature's bytes stand and what they leave out, as a reader finds them. */
function partsOf(pdf: Buffer) {
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1'));
  const [a = 0, b = 0, c = 0, d = 0] = (range ?? []).slice(1).map(Number);
  return {
    range: [a, b, c, d] as const,
    signed: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]),
    cms: Buffer.from(
      pdf
        .subarray(b + 1, c - 1)
        .toString('latin1')
        .replace(/0+$/, (zeros) => (zeros.length % 2 ? '0' : '')),
      'hex',
    ),
  };
}

describe('a signed PDF', () => {
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = await aSignedPdf();
  });

  it('leaves out of the signature nothing but the signature', () => {
    const { range } = partsOf(pdf);
    expect(range[0]).toBe(0);
    expect(pdf.subarray(range[1], range[2]).toString('latin1')).toMatch(/^<[0-9a-f]+>$/);
    expect(range[2] + range[3]).toBe(pdf.length);
    const file = pdf.toString('latin1');
    expect(file).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(file).toMatch(/\/SigFlags 3/);
    expect(file).toMatch(/\/Perms <<\s*\/DocMDP \d+ 0 R/);
  });

  it('holds a CMS with the three attributes of PAdES-B-B, in the order of DER, and no signing time', () => {
    const { cms, signed } = partsOf(pdf);
    const message = readCms(cms);
    expect(message.attributes.map(({ type }) => type)).toEqual([
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
      '1.2.840.113549.1.9.16.2.47',
    ]);
    const digest = createHash('sha256').update(signed).digest();
    expect(message.attributes[1]?.value.subarray(-32)).toEqual(digest);
    const certHash = createHash('sha256').update(opened.leaf.raw).digest();
    expect(message.attributes[2]?.value.subarray(-32)).toEqual(certHash);
    // The raw signature, by OpenSSL over what node-forge reads: neither wrote it.
    expect(verify('sha256', message.signedBytes, opened.leaf.publicKey, message.signature)).toBe(
      true,
    );
    expect(message.certificates).toEqual(key.chain.map((one) => one.toString('hex')));
  });

  it('carries the marks that VALIDAR reads, one per kind of paper', async () => {
    const types = new Map<string, string[]>();
    for (const kind of documentKind.options) {
      const { info } = await getMeta(new Uint8Array(await aSignedPdf({ kind })));
      const custom: Record<string, string> = info.Custom ?? {};
      types.set(
        kind,
        Object.keys(custom).filter((name) => name.startsWith('2.16.76.1.12.1.')),
      );
      if (kind === 'instructions') continue;
      expect(custom['2.16.76.1.4.2.2.1']).toBe('123456');
      expect(custom['2.16.76.1.4.2.2.2']).toBe('SP');
      expect(custom['2.16.76.1.4.2.2.3']).toBe('Clínica médica');
    }
    expect(Object.fromEntries(types)).toEqual({
      prescription: ['2.16.76.1.12.1.1'],
      certificate: ['2.16.76.1.12.1.2'],
      exam_request: ['2.16.76.1.12.1.3'],
      note: ['2.16.76.1.12.1.6'],
      letter: ['2.16.76.1.12.1.11'],
      instructions: [],
    });
  });

  it('says on the page who signed, and of a certificate for tests that it is worth nothing', async () => {
    const textOf = async (file: Buffer) =>
      (await extractText(new Uint8Array(file), { mergePages: true })).text.replace(/\s+/g, ' ');
    const text = await textOf(pdf);
    expect(text).toContain('Assinado digitalmente por BEATRIZ NOGUEIRA (CPF ***.982.247-**)');
    expect(text).toContain(
      'Certificado ICP-Brasil emitido por Autoridade Certificadora de Teste Final',
    );
    expect(text).not.toContain('Não contém assinatura');
    const paper = aPaper();
    if (!paper.issued?.certificate) throw new Error('no certificate');
    const certificate = { ...paper.issued.certificate, test: true };
    const test = await textOf(await aSignedPdf({ issued: { ...paper.issued, certificate } }));
    expect(test).toContain('CERTIFICADO DE TESTE, SEM VALOR LEGAL');
    expect(test).not.toContain('Certificado ICP-Brasil');
  });

  it.skipIf(!hasPdfsig())(
    'is valid and trusted to poppler and NSS, and to neither with one byte changed',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'pdfsig-'));
      try {
        const check = checker(folder);
        const good = check(pdf);
        expect(good).toContain('Signature is Valid.');
        expect(good).toContain('Certificate is Trusted.');
        expect(good).toContain('Signature Type: ETSI.CAdES.detached');
        expect(good).toContain('Total document signed');
        expect(good).toContain('BEATRIZ NOGUEIRA:52998224725');
        const { range } = partsOf(pdf);
        // In the text, in the information dictionary, and in the last byte that is signed.
        for (const at of [pdf.indexOf('123456', 0, 'latin1'), 900, range[2] + range[3] - 3]) {
          const changed = Buffer.from(pdf);
          changed[at] = (changed[at] ?? 0) ^ 1;
          expect(check(changed), `byte ${at}`).not.toContain('Signature is Valid.');
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  it('does not fit a PDF without an empty signature', async () => {
    await expect(fillSignature(pdf, (pieces) => detachedCms(pieces, key))).rejects.toThrow();
  });
});

/** Runs pdfsig over a file with our root as the only one that NSS trusts. */
function checker(folder: string): (pdf: Buffer) => string {
  const run = (program: string, args: string[]) => {
    const done = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
    if (done.error) throw done.error;
    return `${done.stdout}${done.stderr}`;
  };
  const root = join(folder, 'root.pem');
  writeFileSync(root, pemOf(chain.root));
  const store = `sql:${folder}`;
  run(certutilPath, ['-N', '-d', store, '--empty-password']);
  run(certutilPath, ['-A', '-d', store, '-n', 'root', '-t', 'CT,C,C', '-i', root]);
  return (pdf) => {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, pdf);
    return run(pdfsigPath, ['-nssdir', store, file]);
  };
}

/** What node-forge, which did not write it, reads of a CMS. */
function readCms(der: Buffer) {
  const at = (node: forge.asn1.Asn1 | undefined, ...path: number[]): forge.asn1.Asn1 => {
    let here = node;
    for (const step of path) here = Array.isArray(here?.value) ? here.value[step] : undefined;
    if (!here) throw new Error(`nothing at ${path.join('.')}`);
    return here;
  };
  const bytes = (node: forge.asn1.Asn1) => Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');
  const content = at(forge.asn1.fromDer(der.toString('latin1')), 1, 0);
  const certificates = at(content, 3).value;
  const info = at(content, 4, 0);
  const attributes = at(info, 3);
  const signedBytes = bytes(attributes);
  signedBytes[0] = 0x31;
  const list = Array.isArray(attributes.value) ? attributes.value : [];
  return {
    certificates: (Array.isArray(certificates) ? certificates : []).map((one) =>
      new X509Certificate(bytes(one)).raw.toString('hex'),
    ),
    attributes: list.map((one) => ({
      type: forge.asn1.derToOid(String(at(one, 0).value)),
      value: bytes(at(one, 1)),
    })),
    signedBytes,
    signature: Buffer.from(String(at(info, 5).value), 'latin1'),
  };
}
