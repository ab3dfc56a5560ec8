import { randomBytes } from 'node:crypto';
import forge from 'node-forge';

/**
 * A certification authority of three levels as ICP-Brasil's are, made for this run: its certificates are
 * worth nothing anywhere else. For tests and for demonstrations.
 */
export interface IcpChain {
  root: IcpAuthority;
  issuing: IcpAuthority;
}

export interface IcpAuthority {
  certificate: forge.pki.Certificate;
  keys: forge.pki.rsa.KeyPair;
}

export interface Holder {
  name: string;
  /** Eleven digits. */
  cpf: string;
  notBefore?: Date;
  notAfter?: Date;
  crlUrl?: string;
  password: string;
  /** As authorities still write them (3DES), or the newer way. */
  algorithm?: '3des' | 'aes256';
  /** False: a certificate that may not sign documents. */
  forSigning?: boolean;
}

export interface IssuedCertificate {
  p12: Buffer;
  pem: string;
  serial: string;
}

const day = 86_400_000;

/** @param bits 2048 as in real ones */
export function anIcpChain(name = 'Autoridade Certificadora de Teste', bits = 2048): IcpChain {
  const rootKeys = forge.pki.rsa.generateKeyPair(bits);
  const rootName = subject(`${name} Raiz`);
  const root = authority(rootKeys, rootName, { keys: rootKeys, subject: rootName });
  const keys = forge.pki.rsa.generateKeyPair(bits);
  const issuing = authority(keys, subject(`${name} Final`), { keys: rootKeys, subject: rootName });
  return { root: { certificate: root, keys: rootKeys }, issuing: { certificate: issuing, keys } };
}

export function pemOf({ certificate }: IcpAuthority): string {
  return forge.pki.certificateToPem(certificate);
}

/** An A1 file of a doctor: key, certificate and the authority in between. */
export function issueA1(chain: IcpChain, holder: Holder): IssuedCertificate {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = blank(keys, holder.notBefore, holder.notAfter);
  certificate.setSubject(subject(`${holder.name.toUpperCase()}:${holder.cpf}`));
  certificate.setIssuer(chain.issuing.certificate.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    {
      name: 'keyUsage',
      critical: true,
      digitalSignature: holder.forSigning !== false,
      nonRepudiation: holder.forSigning !== false,
      keyEncipherment: true,
    },
    { id: '2.5.29.17', value: holderData(holder.cpf) },
    ...(holder.crlUrl ? [{ id: '2.5.29.31', value: crlPoints(holder.crlUrl) }] : []),
  ]);
  certificate.sign(chain.issuing.keys.privateKey, forge.md.sha256.create());
  const file = forge.pkcs12.toPkcs12Asn1(
    keys.privateKey,
    [certificate, chain.issuing.certificate],
    holder.password,
    { algorithm: holder.algorithm ?? '3des', friendlyName: holder.name },
  );
  return {
    p12: Buffer.from(forge.asn1.toDer(file).getBytes(), 'latin1'),
    pem: forge.pki.certificateToPem(certificate),
    serial: certificate.serialNumber,
  };
}

function subject(commonName: string): forge.pki.CertificateField[] {
  return [
    { name: 'countryName', value: 'BR' },
    { name: 'organizationName', value: 'Teste sem valor legal' },
    { name: 'commonName', value: commonName },
  ];
}

function authority(
  keys: forge.pki.rsa.KeyPair,
  name: forge.pki.CertificateField[],
  by: { keys: forge.pki.rsa.KeyPair; subject: forge.pki.CertificateField[] },
): forge.pki.Certificate {
  const certificate = blank(
    keys,
    new Date(Date.now() - 3650 * day),
    new Date(Date.now() + 3650 * day),
  );
  certificate.setSubject(name);
  certificate.setIssuer(by.subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
  ]);
  certificate.sign(by.keys.privateKey, forge.md.sha256.create());
  return certificate;
}

function blank(keys: forge.pki.rsa.KeyPair, from?: Date, to?: Date): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = `01${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = from ?? new Date(Date.now() - day);
  certificate.validity.notAfter = to ?? new Date(Date.now() + 365 * day);
  return certificate;
}

const { asn1 } = forge;
const der = (value: forge.asn1.Asn1) => asn1.toDer(value).getBytes();
const tagged = (tag: number, constructed: boolean, value: forge.asn1.Asn1[] | string) =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, constructed, value);

/** otherName 2.16.76.1.3.1: birth date, CPF, NIS, RG and who issued it (DOC-ICP-04). */
function holderData(cpf: string): string {
  const value = `01011980${cpf}${'0'.repeat(11)}${'0'.repeat(15)}SSPSP`;
  const oid = asn1.create(
    asn1.Class.UNIVERSAL,
    asn1.Type.OID,
    false,
    asn1.oidToDer('2.16.76.1.3.1').getBytes(),
  );
  const octets = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, value);
  return der(sequence([tagged(0, true, [oid, tagged(0, true, [octets])])]));
}

function crlPoints(url: string): string {
  const fullName = tagged(0, true, [tagged(6, false, url)]);
  return der(sequence([sequence([tagged(0, true, [fullName])])]));
}

function sequence(values: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, values);
}
