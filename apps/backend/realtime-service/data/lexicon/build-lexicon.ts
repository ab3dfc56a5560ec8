/**
 * Makes lexicon.tsv from the lists in names/ and from the titles of the CID-10 categories.
 *
 * Usage: node build-lexicon.ts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const CATEGORIES = join(here, '../../../ai-service/data/cid10/categories.tsv');
const COMMON_LIST = 'common-primary-care.txt';

interface Entry {
  term: string;
  kind: string;
  source: string;
}

/** Lists are names between commas or line ends; lines that start with # say where they come from. */
function readNames(file: string): string[] {
  return readFileSync(join(here, 'names', file), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const KIND_OF_FILE: Readonly<Record<string, string>> = { drugs: 'drug', exams: 'exam' };

function namedEntries(): Entry[] {
  return readdirSync(join(here, 'names'))
    .filter((file) => file !== COMMON_LIST)
    .sort()
    .flatMap((file) => {
      const [prefix = '', ...rest] = file.replace('.txt', '').split('-');
      const kind = KIND_OF_FILE[prefix];
      if (kind === undefined) throw new Error(`names/${file}: name it drugs-… or exams-…`);
      return readNames(file).map((term) => ({ term, kind, source: rest.join('-') }));
    });
}

/** Spelling of 2009 (Acordo Ortográfico): the table is of 2008. */
function todaysSpelling(title: string): string {
  return title
    .replace(/ü/g, 'u')
    .replace(/éia(s?)\b/g, 'eia$1')
    .replace(/óide(s?)\b/g, 'oide$1')
    .replace(/éic([ao]s?)\b/g, 'eic$1')
    .replace(/óic([ao]s?)\b/g, 'oic$1')
    .replace(/óides/g, 'oides');
}

const VAGUE =
  /^(?:outr|algum|problema|pessoa|exame|contato|exposi|efeito|intoxica|envenen|auto-|agress|acidente|ocupante|pedestre|ciclista|motociclista|queda|lesão autop|necessidade|história|presença|traumatismo|ferimento|amputa|sequela|assistência|complica|dispositivo|observa)/i;
const TAIL =
  /,?\s(?:não[ -]classificad|não especificad|sem especifica|sem outras|em doenças|em outras doenças|classificad).*$/i;

/** A title becomes a term when it names one thing: no residual classes, no catalogues. */
function conditionEntries(): Entry[] {
  return readFileSync(CATEGORIES, 'utf8')
    .split('\n')
    .filter((line) => /^[A-U]\d\d\t/.test(line))
    .map((line) => todaysSpelling(line.split('\t')[1] ?? ''))
    .map((title) =>
      title
        .replace(/\s*[[(].*?[\])]/g, '')
        .replace(TAIL, '')
        .trim(),
    )
    .filter((title) => !VAGUE.test(title) && title.split(/\s+/).length <= 5 && !title.includes(','))
    .map((title) => ({
      term: title.charAt(0).toLowerCase() + title.slice(1),
      kind: 'condition',
      source: 'cid10',
    }));
}

const common = new Set(readNames(COMMON_LIST).map((name) => name.toLowerCase()));
const seen = new Set<string>();
const rows: string[] = [];
for (const { term, kind, source } of [...namedEntries(), ...conditionEntries()]) {
  const key = term.toLowerCase();
  if (term === '' || seen.has(key)) continue;
  seen.add(key);
  rows.push([term, kind, source, common.has(key) ? 'common' : ''].join('\t').trimEnd());
}
const missing = [...common].filter((name) => !seen.has(name));
if (missing.length > 0) throw new Error(`common, but in no list: ${missing.join(', ')}`);
writeFileSync(
  join(here, 'lexicon.tsv'),
  `# term	kind	source	common. Made by build-lexicon.ts; sources in README.md and in names/.\n${rows.join('\n')}\n`,
);
console.log(`${rows.length} entries`);
