import type { CodedItem, StoredDocument } from '@medcall/shared-types';
import { dayOf, instantIn } from './dates.ts';
import type { Letterhead } from './letterhead.ts';
import { codeLine } from './note-paper.ts';
import type { Block, Paper } from './paper.ts';

export interface DocumentOnPaper {
  title: string;
  letterhead: Letterhead;
  /** Everything but the note, which is drawn from the record. */
  document: Exclude<StoredDocument, { kind: 'note' }>;
  showsCid: boolean;
  issued: Paper['issued'];
}

/** Prescription, certificate, request for exams, instructions or letter as a paper. */
export function documentPaper({ title, letterhead, document, ...rest }: DocumentOnPaper): Paper {
  return {
    kind: document.kind,
    title,
    letterhead,
    issued: rest.issued,
    blocks: blocksOf(document, letterhead, rest.showsCid),
  };
}

function blocksOf(
  document: DocumentOnPaper['document'],
  letterhead: Letterhead,
  showsCid: boolean,
): Block[] {
  switch (document.kind) {
    case 'prescription': {
      const { items, notes } = document.content;
      return [
        {
          kind: 'items',
          items: items.map((item) => ({
            text: item.medicine,
            below: [
              item.directions,
              item.quantity ? `Quantidade: ${item.quantity}.` : '',
              item.continuous ? 'Uso contínuo.' : '',
            ]
              .filter((part) => part !== '')
              .join(' '),
          })),
        },
        ...paragraph(notes),
      ];
    }
    case 'certificate':
      return [
        { kind: 'paragraph', text: certificateText(document.content, letterhead) },
        ...(document.content.purpose === 'other' ? [] : paragraph(document.content.text)),
        ...codesOf(document.content.cid10, showsCid),
      ];
    case 'exam_request': {
      const { items, indication, cid10 } = document.content;
      return [
        { kind: 'items', items: items.map((text) => ({ text })) },
        ...(indication ? paragraph(`Indicação clínica: ${indication}`) : []),
        ...codesOf(cid10, showsCid),
      ];
    }
    case 'instructions':
    case 'letter':
      return paragraph(document.content.text);
  }
}

type Certificate = Extract<StoredDocument, { kind: 'certificate' }>['content'];

function certificateText(content: Certificate, { patient, care, clinic }: Letterhead): string {
  const at = instantIn(new Date(care.at), clinic.timezone);
  const how = care.type === 'ONLINE' ? 'por telemedicina' : 'em consulta presencial';
  switch (content.purpose) {
    case 'leave': {
      const days = content.days ?? 0;
      const from = content.from ? dayOf(content.from) : '';
      return `Atesto que ${patient.name} foi atendido(a) por mim ${how} em ${at} e necessita de ${days} ${days === 1 ? 'dia' : 'dias'} de afastamento de suas atividades, a partir de ${from}.`;
    }
    case 'attendance':
      return `Atesto que ${patient.name} foi atendido(a) por mim ${how} em ${at}.`;
    case 'other':
      return content.text ?? '';
  }
}

/** Res. CFM 2.381/2024: a coded certificate only when the patient asks, and then it says that he did. */
function codesOf(cid10: readonly CodedItem[] | undefined, showsCid: boolean): Block[] {
  if (!showsCid || !cid10 || cid10.length === 0) return [];
  return [
    { kind: 'paragraph', text: codeLine('CID-10', cid10) },
    { kind: 'fine', text: 'Código impresso a pedido do paciente ou de seu representante legal.' },
  ];
}

function paragraph(text: string | undefined): Block[] {
  return text === undefined || text === '' ? [] : [{ kind: 'paragraph', text }];
}
