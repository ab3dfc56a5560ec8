import { offsetMark, signatureBytes } from './signature-field.ts';

const range = `/ByteRange [0 ${offsetMark} ${offsetMark} ${offsetMark}]`;
const contents = `/Contents <${'0'.repeat(2 * signatureBytes)}>`;

/**
 * Signs a PDF that `addSignatureField` prepared: everything but the signature's own bytes.
 * @param sign answers with the CMS (DER) over the pieces
 * @throws Error when the PDF has no empty signature or the CMS does not fit into it
 */
export async function fillSignature(
  pdf: Buffer,
  sign: (pieces: readonly Uint8Array[]) => Promise<Buffer>,
): Promise<Buffer> {
  const signed = Buffer.from(pdf);
  const start = onlyPlaceOf(signed, contents) + '/Contents '.length;
  const end = start + contents.length - '/Contents '.length;
  const offsets = `[0 ${start} ${end} ${signed.length - end}]`;
  const rangeAt = onlyPlaceOf(signed, range);
  signed.write(`/ByteRange ${offsets}`.padEnd(range.length), rangeAt, 'latin1');
  const cms = await sign([signed.subarray(0, start), signed.subarray(end)]);
  if (cms.length > signatureBytes) {
    throw new Error(`a signature of ${cms.length} bytes does not fit into ${signatureBytes}`);
  }
  signed.write(cms.toString('hex'), start + 1, 'latin1');
  return signed;
}

function onlyPlaceOf(pdf: Buffer, mark: string): number {
  const at = pdf.indexOf(mark, 0, 'latin1');
  if (at === -1 || pdf.indexOf(mark, at + 1, 'latin1') !== -1) {
    throw new Error('the PDF does not have one empty signature');
  }
  return at;
}
