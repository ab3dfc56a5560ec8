import { readFileSync } from 'node:fs';
import { type Expander, loadSynonyms } from './knowledge/synonyms.ts';
import type { CodeTables } from './note/code-candidates.ts';
import { readCodeTable } from './note/code-table.ts';
import { fold } from './text/fold.ts';

/** Tables of words that the engines read with; they come with the code and change with it. */
export interface Lexicon {
  expandSynonyms: Expander;
  codeTables: CodeTables;
  /** Active substances of one word, folded. */
  drugNames: ReadonlySet<string>;
}

const data = (path: string) => new URL(`../../data/${path}`, import.meta.url);

/** Reads the tables that stand beside the code. */
export function loadLexicon(): Lexicon {
  return {
    expandSynonyms: loadSynonyms(
      data('synonyms/lay-clinical.tsv'),
      data('synonyms/clinical-plain.tsv'),
    ),
    codeTables: {
      cid10: readCodeTable('CID-10 versão 2008 (DATASUS)', [
        data('cid10/categories.tsv'),
        data('cid10/subcategories.tsv'),
      ]),
      ciap2: readCodeTable('CIAP-2, 2ª edição (SBMFC 2009)', [data('ciap2/ciap2.tsv')]),
    },
    drugNames: new Set(
      readFileSync(data('drugs/drugs.txt'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map(fold),
    ),
  };
}
