import type { X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate, CRLDistributionPoints, GeneralNames } from 'pkijs';

/** What is read from a holder's certificate (DOC-ICP-04, 7.1.2: e-CPF and the like). */
export interface CertificateFacts {
  /** The holder's name, without the CPF that follows a colon in the common name. */
  holder: string;
  /** Eleven digits; null where the certificate has none. */
  cpf: string | null;
  issuer: string;
  /** Hexadecimal. */
  serial: string;
  /** SHA-256 of the DER, hexadecimal. */
  fingerprint: string;
  notBefore: Date;
  notAfter: Date;
  /** Whether its key may sign documents: digitalSignature or nonRepudiation (RFC 5280, 4.2.1.3). */
  maySign: boolean;
  /** Where its authority publishes what it has revoked. */
  crlUrls: string[];
}

const oids = {
  commonName: '2.5.4.3',
  alternativeName: '2.5.29.17',
  keyUsage: '2.5.29.15',
  crlPoints: '2.5.29.31',
  /** Birth date (8), CPF (11), NIS (11), RG (15) and its issuer, one after the other. */
  holderData: '2.16.76.1.3.1',
};

export function factsOf(x509: X509Certificate): CertificateFacts {
  const certificate = Certificate.fromBER(new Uint8Array(x509.raw));
  const name = commonNameOf(certificate.subject);
  return {
    holder: name.replace(/:\d{11}$/, ''),
    cpf: cpfOf(certificate),
    issuer: commonNameOf(certificate.issuer),
    serial: x509.serialNumber,
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    maySign: maySign(certificate),
    crlUrls: crlUrlsOf(certificate),
  };
}

function commonNameOf(name: Certificate['subject']): string {
  const found = name.typesAndValues.find(({ type }) => type === oids.commonName);
  const value: unknown = found?.value.valueBlock.value;
  return typeof value === 'string' ? value : '';
}

function extensionOf(certificate: Certificate, oid: string) {
  return certificate.extensions?.find(({ extnID }) => extnID === oid);
}

function cpfOf(certificate: Certificate): string | null {
  const names = extensionOf(certificate, oids.alternativeName)?.extnValue.valueBlock.valueHexView;
  if (!names) return null;
  for (const { type, value } of GeneralNames.fromBER(names).names) {
    if (type !== 0) continue;
    const written = otherName(value, oids.holderData);
    const cpf = written?.slice(8, 19);
    if (cpf !== undefined && /^\d{11}$/.test(cpf) && !/^0+$/.test(cpf)) return cpf;
  }
  return null;
}

/** The text of an otherName of one kind: an octet string in ICP-Brasil, a printable one elsewhere. */
function otherName(value: unknown, oid: string): string | undefined {
  if (!(value instanceof asn1js.Constructed || value instanceof asn1js.Sequence)) return undefined;
  const [id, explicit] = value.valueBlock.value;
  if (!(id instanceof asn1js.ObjectIdentifier) || id.valueBlock.toString() !== oid)
    return undefined;
  const inner = explicit instanceof asn1js.Constructed ? explicit.valueBlock.value[0] : explicit;
  if (inner instanceof asn1js.OctetString) {
    return Buffer.from(inner.valueBlock.valueHexView).toString('latin1');
  }
  if (inner instanceof asn1js.PrintableString || inner instanceof asn1js.Utf8String) {
    return inner.valueBlock.value;
  }
  return undefined;
}

function maySign(certificate: Certificate): boolean {
  const usage = extensionOf(certificate, oids.keyUsage);
  if (!usage) return true;
  const bits: unknown = usage.parsedValue;
  if (!(bits instanceof asn1js.BitString)) return false;
  return ((bits.valueBlock.valueHexView[0] ?? 0) & 0b1100_0000) !== 0;
}

function crlUrlsOf(certificate: Certificate): string[] {
  const points: unknown = extensionOf(certificate, oids.crlPoints)?.parsedValue;
  if (!(points instanceof CRLDistributionPoints)) return [];
  return points.distributionPoints.flatMap(({ distributionPoint }) =>
    Array.isArray(distributionPoint)
      ? distributionPoint.flatMap(({ type, value }): string[] =>
          type === 6 && typeof value === 'string' ? [value] : [],
        )
      : [],
  );
}
