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
  } | null;
}

/** Draws papers. The same paper gives the same bytes, whenever it is drawn. */
export interface PaperPrinter {
  print(paper: Paper): Promise<Buffer>;
}
