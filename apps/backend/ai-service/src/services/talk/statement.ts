import type { Speaker } from '@medcall/shared-types/roles';
import { fold } from '../text/fold.ts';
import { type Sentence, sentences, splitSentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';

/** A word as it was written, and folded for comparing. */
export interface Token {
  raw: string;
  folded: string;
  /** A comma, dash or colon stands behind it. */
  endsClause: boolean;
}

/** One sentence of an utterance: the words as they were said, and what their form tells. */
export interface Statement {
  utteranceId: string;
  speaker: Speaker;
  /** As it stands in the transcript, without spaces around. */
  raw: string;
  sentence: Sentence;
  tokens: Token[];
}

/** The sentences of an utterance, in order; empty ones are left out. */
export function statementsOf(utterance: Utterance): Statement[] {
  return splitSentences(utterance.text).flatMap((part) => {
    const [sentence] = sentences(part);
    if (!sentence) return [];
    return {
      utteranceId: utterance.id,
      speaker: utterance.speaker,
      raw: part.trim(),
      sentence,
      tokens: tokensOf(part),
    };
  });
}

/** Words of a text in order; what is neither letter nor figure separates them or is left out. */
export function tokensOf(text: string): Token[] {
  return text.split(/\s+/).flatMap((piece): Token[] => {
    const raw = piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%°º]+$/gu, '');
    const folded = fold(raw).replaceAll(' ', '');
    return folded === '' ? [] : [{ raw, folded, endsClause: /[,:–—-]$/.test(piece) }];
  });
}

/** Folded words of tokens. */
export function foldedOf(tokens: readonly Token[]): string[] {
  return tokens.map((token) => token.folded);
}
