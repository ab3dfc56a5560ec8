import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import type { Fonts } from './fonts.ts';
import { addSignatureField, type SignatureField } from './signature-field.ts';

export const ink = '#111827';
export const faintInk = '#4b5563';
const ruleInk = '#9ca3af';
const draftInk = '#b91c1c';

export type Face = 'regular' | 'bold';

export interface TextStyle {
  size: number;
  face?: Face;
  color?: string;
  /** Points of white below. */
  gap?: number;
  indent?: number;
  align?: 'left' | 'center';
}

/** A4 pages that text flows over; head, foot and draft mark are drawn on each at the end. */
export interface Sheet {
  /** `role` is the tag by which a screen reader knows it. */
  write(role: 'H1' | 'H2' | 'P', text: string, style: TextStyle): void;
  rule(): void;
  space(points: number): void;
  /** Begins a new page when fewer points than these are left. */
  keep(points: number): void;
  /** A frame around what is written meanwhile, on one page: the field of a digital signature. */
  signatureField(field: Omit<SignatureField, 'box'>, write: () => void): void;
  finish(head: string[], foot: string[], draft: boolean): Promise<Buffer>;
}

const margin = 54;
/** Below the head, above the foot. */
const top = 104;
const bottom = 84;

export function createSheet(
  fonts: Fonts,
  facts: { title: string; author: string; at: Date; marks: Record<string, string> },
): Sheet {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top, bottom, left: margin, right: margin },
    bufferPages: true,
    lang: 'pt-BR',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    // Nothing of the 14 standard fonts: they are not embedded.
    font: null as unknown as string,
    info: {
      ...facts.marks,
      Title: facts.title,
      Author: facts.author,
      Creator: 'MedCall AI',
      Producer: 'MedCall AI',
      // Fixed, and with it the file's id: the same paper gives the same bytes.
      CreationDate: facts.at,
      ModDate: facts.at,
    },
  });
  doc.registerFont('regular', fonts.regular);
  doc.registerFont('bold', fonts.bold);
  doc.font('regular');
  const root = doc.struct('Document');
  doc.addStructure(root);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const width = doc.page.width - 2 * margin;

  const left = () => doc.page.height - bottom - doc.y;
  return {
    write(
      role,
      text,
      { size, face = 'regular', color = ink, gap = 6, indent = 0, align = 'left' },
    ) {
      root.add(
        doc.struct(role, {}, () => {
          doc
            .font(face)
            .fontSize(size)
            .fillColor(color)
            .text(printable(text), margin + indent, doc.y, {
              width: width - indent,
              align,
              lineGap: size * 0.15,
            });
        }),
      );
      doc.y += gap;
    },
    rule() {
      doc.markContent('Artifact', { type: 'Layout' });
      doc
        .moveTo(margin, doc.y)
        .lineTo(margin + width, doc.y)
        .lineWidth(0.5)
        .stroke(ruleInk);
      doc.endMarkedContent();
      doc.y += 8;
    },
    space(points) {
      doc.y += points;
    },
    keep(points) {
      if (left() < points) doc.addPage();
    },
    signatureField(field, draw) {
      const y = doc.y;
      doc.y += 6;
      draw();
      const element = doc.struct('Form');
      root.add(element);
      const box = { x: margin - 6, y, width: width + 12, height: doc.y - y };
      addSignatureField(doc, { ...field, box }, element);
      doc.y += 8;
    },
    async finish(head, foot, draft) {
      root.end();
      drawOnEachPage(doc, width, { head, foot, draft });
      const ended = once(doc, 'end');
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

function drawOnEachPage(
  doc: PDFKit.PDFDocument,
  width: number,
  { head, foot, draft }: { head: string[]; foot: string[]; draft: boolean },
): void {
  const pages = doc.bufferedPageRange();
  for (let index = 0; index < pages.count; index += 1) {
    doc.switchToPage(pages.start + index);
    // Room to write outside of the text's own: no automatic page in between.
    doc.page.margins = { top: 0, bottom: 0, left: margin, right: margin };
    doc.markContent('Artifact', { type: 'Pagination' });
    if (draft) drawDraftMark(doc);
    drawHead(doc, width, head);
    drawFoot(doc, width, [...foot, `Página ${index + 1} de ${pages.count}`]);
    doc.endMarkedContent();
  }
}

function drawHead(doc: PDFKit.PDFDocument, width: number, [name = '', ...lines]: string[]): void {
  const one = { width, lineBreak: false, ellipsis: true, height: 16 };
  doc.font('bold').fontSize(13).fillColor(ink).text(printable(name), margin, 36, one);
  doc.font('regular').fontSize(8.5).fillColor(faintInk);
  for (const [index, line] of lines.entries()) {
    doc.text(printable(line), margin, 55 + index * 12, { ...one, height: 12 });
  }
  doc
    .moveTo(margin, 84)
    .lineTo(margin + width, 84)
    .lineWidth(0.8)
    .stroke(ruleInk);
}

function drawFoot(doc: PDFKit.PDFDocument, width: number, lines: string[]): void {
  const y = doc.page.height - bottom + 14;
  doc
    .moveTo(margin, y)
    .lineTo(margin + width, y)
    .lineWidth(0.5)
    .stroke(ruleInk);
  doc.font('regular').fontSize(7.5).fillColor(faintInk);
  for (const [index, line] of lines.entries()) {
    doc.text(printable(line), margin, y + 6 + index * 11, {
      width,
      height: 11,
      lineBreak: false,
      ellipsis: true,
    });
  }
}

function drawDraftMark(doc: PDFKit.PDFDocument): void {
  const middle = { x: doc.page.width / 2, y: doc.page.height / 2 };
  doc.save();
  doc.rotate(-45, { origin: [middle.x, middle.y] });
  doc.font('bold').fontSize(96).fillColor(draftInk).fillOpacity(0.14);
  const long = doc.widthOfString('RASCUNHO');
  doc.text('RASCUNHO', middle.x - long / 2, middle.y - 60, { lineBreak: false });
  doc.restore();
  doc.fillOpacity(1);
}

/** One form of each accented letter, and no control characters: what a font can draw. */
function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (found) => (found === '\n' ? '\n' : ''));
}
