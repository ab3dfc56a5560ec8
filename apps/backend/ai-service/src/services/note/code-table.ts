import { readFileSync } from 'node:fs';
import { words } from '../text/fold.ts';

export interface CodedTitle {
  code: string;
  label: string;
  /** Content words of the title, folded. */
  words: string[];
}

/** A classification as it was published. */
export interface CodeTable {
  /** Name and version, as a note shows it. */
  version: string;
  byCode: ReadonlyMap<string, CodedTitle>;
  /** In how many titles a word stands: rare words say more. */
  frequency: ReadonlyMap<string, number>;
}

/** Words of titles that tell nothing by themselves. */
const empty = new Set(
  (
    'outra outras outro outros nao especificada especificado especificadas especificados classificada classificadas ' +
    'parte com sem por para dos das nas nos uma que ne tipo sinais sintomas sintoma sinal queixas queixa doenca doencas'
  ).split(' '),
);

/** Reads tables of `code TAB title`; lines with # are comments. */
export function readCodeTable(version: string, files: readonly URL[]): CodeTable {
  const byCode = new Map<string, CodedTitle>();
  const frequency = new Map<string, number>();
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))) {
    const [code, label] = line.split('\t');
    if (!code || !label || line.startsWith('#')) continue;
    const title = words(label).filter(
      (word) => /^(?:[b-df-np-z]|.{3,})$/.test(word) && !empty.has(word),
    );
    byCode.set(code, { code, label, words: title });
    for (const word of new Set(title)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return { version, byCode, frequency };
}

/** A code's title, or its category's when the table holds no subcategory of it. */
export function titleOf(table: CodeTable, code: string): CodedTitle | undefined {
  return table.byCode.get(code) ?? table.byCode.get(code.split('.')[0] ?? '');
}
