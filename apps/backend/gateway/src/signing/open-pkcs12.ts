import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { type CertificateProblem, CertificateRefused } from './certificate-refused.ts';

/** An A1 file without its password. */
export interface OpenedPkcs12 {
  /** PKCS#8, DER. */
  key: Buffer;
  /** The certificate of that key. */
  leaf: X509Certificate;
  /** What else the file holds: the issuers, in most files. */
  others: X509Certificate[];
}

/**
 * Opens a PKCS#12 file (RFC 7292). Certification authorities still write RC2 and Triple DES into them,
 * which OpenSSL 3, and with it Node's own `crypto`, opens no more: hence node-forge.
 * @throws CertificateRefused not_a_file, wrong_password, no_key, not_rsa
 */
export function openPkcs12(file: Buffer, password: string): OpenedPkcs12 {
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const opened = unlock(readFile(file), password);
  const bags = (type: string | undefined) =>
    (type === undefined ? undefined : opened.getBags({ bagType: type })[type]) ?? [];
  const keys = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)];
  if (keys.length === 0) throw refused('no_key');
  const rsa = keys.map(({ key }) => key).find((key) => key !== undefined && key !== null);
  if (!rsa) throw refused('not_rsa');
  const key = derOf(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(rsa)));
  const certificates = bags(certBag).flatMap(({ asn1, cert }) => {
    if (cert) return [new X509Certificate(derOf(forge.pki.certificateToAsn1(cert)))];
    return asn1 ? [new X509Certificate(derOf(asn1))] : [];
  });
  const ownKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(ownKey));
  if (!leaf) throw refused('no_key');
  return { key, leaf, others: certificates.filter((one) => one !== leaf) };
}

function readFile(file: Buffer): forge.asn1.Asn1 {
  try {
    return forge.asn1.fromDer(file.toString('latin1'));
  } catch (cause) {
    throw refused('not_a_file', cause);
  }
}

function unlock(asn1: forge.asn1.Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, false, password);
  } catch (cause) {
    const isPassword = cause instanceof Error && /password|MAC|decrypt/i.test(cause.message);
    throw refused(isPassword ? 'wrong_password' : 'not_a_file', cause);
  }
}

function derOf(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

function refused(problem: CertificateProblem, cause?: unknown): CertificateRefused {
  return new CertificateRefused(problem, cause);
}
