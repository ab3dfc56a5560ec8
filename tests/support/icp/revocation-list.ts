import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import forge from 'node-forge';
import { Certificate, CertificateRevocationList, RevokedCertificate, Time } from 'pkijs';
import type { IcpAuthority } from './icp-chain.ts';

/**
 * A list of what an authority has revoked (RFC 5280, 5), signed by it, DER.
 * @param serials hexadecimal
 */
export async function aRevocationList(
  { certificate, keys }: IcpAuthority,
  serials: readonly string[],
  nextUpdate = new Date(Date.now() + 3_600_000),
): Promise<Buffer> {
  const { asn1, pki } = forge;
  const bytesOf = (node: forge.asn1.Asn1) => Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
  const issuer = Certificate.fromBER(new Uint8Array(bytesOf(pki.certificateToAsn1(certificate))));
  const time = (at: Date) => new Time({ type: 0, value: at });
  const list = new CertificateRevocationList({
    version: 1,
    issuer: issuer.subject,
    thisUpdate: time(new Date(Date.now() - 60_000)),
    nextUpdate: time(nextUpdate),
    ...(serials.length === 0
      ? {}
      : {
          revokedCertificates: serials.map(
            (serial) =>
              new RevokedCertificate({
                userCertificate: new asn1js.Integer({
                  valueHex: new Uint8Array(Buffer.from(serial, 'hex')),
                }),
                revocationDate: time(new Date(Date.now() - 60_000)),
              }),
          ),
        }),
  });
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    bytesOf(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(keys.privateKey))),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  await list.sign(key, 'SHA-256');
  return Buffer.from(list.toSchema(true).toBER());
}
