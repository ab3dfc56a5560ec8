import {
  type CodedItem,
  type NoteAddendum,
  type NoteSections,
  noteSectionNames,
} from '@medcall/shared-types';
import { instantIn } from './dates.ts';
import type { Letterhead } from './letterhead.ts';
import type { Block, Paper } from './paper.ts';

const headings = {
  subjetivo: 'Subjetivo',
  objetivo: 'Objetivo',
  avaliacao: 'Avaliação',
  plano: 'Plano',
} as const;

export interface NoteOnPaper {
  letterhead: Letterhead;
  sections: NoteSections;
  cid10: readonly CodedItem[];
  ciap2: readonly CodedItem[];
  /** The patient asked for the codes on paper. */
  showsCid: boolean;
  addenda: readonly NoteAddendum[];
  /** Signature of the note that a later copy of it repeats. */
  signedAt: string | null;
  issued: Paper['issued'];
}

/** The note as a paper. A reader sees sentences, whoever wrote them: by signing they are the doctor's. */
export function notePaper(note: NoteOnPaper): Paper {
  const { letterhead, issued } = note;
  const { timezone } = letterhead.clinic;
  return {
    kind: 'note',
    title: 'Registro da consulta',
    letterhead,
    issued,
    blocks: [
      ...noteSectionNames.flatMap((name): Block[] => {
        const text = note.sections[name].map((sentence) => sentence.text).join(' ');
        return text === ''
          ? []
          : [
              { kind: 'heading', text: headings[name] },
              { kind: 'paragraph', text },
            ];
      }),
      ...codes(note),
      ...note.addenda.flatMap((addendum): Block[] => [
        {
          kind: 'heading',
          text: `Adendo de ${instantIn(new Date(addendum.created_at), timezone)}`,
        },
        { kind: 'paragraph', text: addendum.text },
        { kind: 'fine', text: `${addendum.doctor.nome}, CRM ${addendum.doctor.crm}` },
      ]),
      ...statement(note),
    ],
  };
}

function codes({ showsCid, cid10, ciap2 }: NoteOnPaper): Block[] {
  if (!showsCid) return [];
  const listed = (name: string, items: readonly CodedItem[]): Block[] =>
    items.length === 0 ? [] : [{ kind: 'paragraph', text: codeLine(name, items) }];
  const all = [...listed('CID-10', cid10), ...listed('CIAP-2', ciap2)];
  return all.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Códigos' },
        ...all,
        { kind: 'fine', text: 'Códigos impressos a pedido do paciente.' },
      ];
}

export function codeLine(name: string, items: readonly CodedItem[]): string {
  return `${name}: ${items.map(({ code, label }) => `${code} ${label}`).join('; ')}`;
}

function statement({ issued, signedAt, addenda, letterhead }: NoteOnPaper): Block[] {
  if (!issued || signedAt === null) return [];
  const at = instantIn(new Date(signedAt), letterhead.clinic.timezone);
  const later =
    addenda.length === 0
      ? 'Adendos posteriores não aparecem nesta via; o código no rodapé diz se existem.'
      : 'Esta via inclui os adendos escritos até a sua emissão.';
  return [{ kind: 'fine', text: `Nota assinada em ${at}. ${later}` }];
}
