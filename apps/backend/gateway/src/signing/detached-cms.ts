import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { SigningKey } from './signer.ts';

const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  /** RFC 5035; what ties the signature to this one certificate. */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
};

/**
 * The CMS of a PAdES-B-B signature (ETSI EN 319 142-1, 6.3; RFC 5652): detached, with content type, message
 * digest and signing certificate as its signed attributes. The time stands in the PDF alone: a signing-time
 * attribute is forbidden there.
 * @param content what is signed, in pieces
 * @returns DER
 */
export async function detachedCms(
  content: readonly Uint8Array[],
  { chain, sign }: SigningKey,
): Promise<Buffer> {
  const [first] = chain;
  if (!first) throw new Error('a signing key without a certificate');
  const certificates = chain.map((der) => Certificate.fromBER(new Uint8Array(der)));
  const [leaf] = certificates;
  if (!leaf) throw new Error('a signing key without a certificate');
  const digest = createHash('sha256');
  for (const piece of content) digest.update(piece);
  const attributes = signedAttributes(digest.digest(), first);
  // What is signed is the SET, not the [0] that stands in its place in the message (RFC 5652, 5.4).
  const signedBytes = new asn1js.Set({ value: attributes.map((one) => one.toSchema()) }).toBER();
  const signature = await sign(new Uint8Array(signedBytes));
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oids.sha256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oids.data }),
    certificates,
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: leaf.issuer, serialNumber: leaf.serialNumber }),
        digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256 }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
        signatureAlgorithm: new AlgorithmIdentifier({
          algorithmId: oids.sha256WithRsa,
          algorithmParams: new asn1js.Null(),
        }),
        signature: new asn1js.OctetString({ valueHex: new Uint8Array(signature) }),
      }),
    ],
  });
  const message = new ContentInfo({
    contentType: oids.signedData,
    content: signed.toSchema(true),
  });
  return Buffer.from(message.toSchema().toBER());
}

/** In the order of DER: a SET OF is sorted by the bytes of its members (X.690, 11.6). */
function signedAttributes(digest: Buffer, leaf: Buffer): Attribute[] {
  const octets = (bytes: Uint8Array) => new asn1js.OctetString({ valueHex: new Uint8Array(bytes) });
  const attribute = (type: string, value: asn1js.AsnType) =>
    new Attribute({ type, values: [value] });
  // SHA-256 is the default of ESSCertIDv2 and therefore not written.
  const certId = new asn1js.Sequence({ value: [octets(sha256(leaf))] });
  return [
    attribute(oids.contentType, new asn1js.ObjectIdentifier({ value: oids.data })),
    attribute(oids.messageDigest, octets(digest)),
    attribute(
      oids.signingCertificateV2,
      new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [certId] })] }),
    ),
  ]
    .map((one) => ({ one, der: Buffer.from(one.toSchema().toBER()) }))
    .sort((a, b) => Buffer.compare(a.der, b.der))
    .map(({ one }) => one);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
