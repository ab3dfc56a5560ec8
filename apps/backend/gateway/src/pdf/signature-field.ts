import type PDFDocument from 'pdfkit';

/** Room for the message: four certificates of 2 kB each, and as much again. */
export const signatureBytes = 16_384;
/** Ten digits hold any offset below 10 GB; the real ones are padded to the same width. */
export const offsetMark = 9_999_999_999;

export interface SignatureField {
  /** Top left corner and size, in points from the page's top left. */
  box: { x: number; y: number; width: number; height: number };
  signer: string;
  reason: string;
  at: Date;
}

type Document = InstanceType<typeof PDFDocument>;
/** pdfkit has no public word for signatures. */
interface Inside {
  _root: { data: Record<string, unknown> };
  page: { annotations: unknown[] };
}

/**
 * Puts a visible signature field on the present page and an empty signature behind it, for
 * `fillSignature` to fill (ISO 32000-2, 12.7.5.5 and 12.8; ETSI EN 319 142-1, 6.3). It certifies the
 * document: afterwards only further signatures count as no change (DocMDP level 2, as ITI's guide asks).
 */
export function addSignatureField(
  doc: Document,
  { box, signer, reason, at }: SignatureField,
  element: PDFKit.PDFStructureElement,
): void {
  const { _root: root, page } = doc as unknown as Inside;
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, offsetMark, offsetMark, offsetMark],
    Contents: Buffer.alloc(signatureBytes),
    Name: text(signer),
    Reason: text(reason),
    M: at,
    Reference: [
      {
        Type: 'SigRef',
        TransformMethod: 'DocMDP',
        TransformParams: { Type: 'TransformParams', P: 2, V: '1.2' },
      },
    ],
  });
  const frame = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, box.width, box.height],
    Resources: {},
  });
  frame.end(`0.45 0.55 0.7 RG 0.8 w 0.4 0.4 ${box.width - 0.8} ${box.height - 0.8} re S`);
  doc.annotate(box.x, box.y, box.width, box.height, {
    Subtype: 'Widget',
    FT: 'Sig',
    // Print, and locked where it is.
    F: 132,
    T: text('Assinatura'),
    TU: text(`Assinatura digital de ${signer}`),
    V: signature,
    AP: { N: frame },
    // A screen reader comes to it in its place.
    structParent: element,
  } as PDFKit.Mixins.AnnotationOption);
  element.end();
  doc.initForm();
  const form = root.data.AcroForm as { data: Record<string, unknown> };
  // Signatures exist, and the file may only be added to.
  form.data.Fields = [page.annotations.at(-1)];
  form.data.SigFlags = 3;
  delete form.data.NeedAppearances;
  root.data.Perms = { DocMDP: signature };
  signature.end('');
}

/** pdfkit writes a plain string as a name, an object as text. */
function text(value: string): object {
  return Object(value) as object;
}
