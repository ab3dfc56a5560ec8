import type { DocumentKind, PaperCertificate } from '@medcall/shared-types';
import type { Letterhead } from './letterhead.ts';

/** One piece of a paper's body, in the order of reading. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  /** Numbered entries, each with what belongs to it in smaller type below. */
  | { kind: 'items'; items: readonly { text: string; below?: string }[] }
  | { kind: 'fine'; text: string };

/** A paper before it is drawn: all that it says, nothing of how it looks. */
export interface Paper {
  kind: DocumentKind;
  title: string;
  letterhead: Letterhead;
  blocks: readonly Block[];
  /** Null for a draft: RASCUNHO stands across each page, and no signature at the end. */
  issued: {
    at: Date;
    code: string;
    /** Where anybody can check the code. */
    verifyUrl: string;
    hash: string;
    /** Of a paper that is signed digitally: the file then holds an empty signature, to be filled. */
    certificate: PaperCertificate | null;
  } | null;
}

/** Draws papers. The same paper gives the same bytes, whenever it is drawn. */
export interface PaperPrinter {
  print(paper: Paper): Promise<Buffer>;
}
