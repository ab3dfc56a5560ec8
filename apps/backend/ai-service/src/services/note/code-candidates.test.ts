import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialogue } from '../../testing/dialogue.ts';
import { projectRoot } from '../../testing/project-root.ts';
import { readCorpus } from '../guidelines/corpus.ts';
import { GuidelineLibrary } from '../guidelines/library.ts';
import { loadLexicon } from '../lexicon.ts';
import { readTalk } from '../questions/read-talk.ts';
import { codeCandidates } from './code-candidates.ts';

const { codeTables, expandSynonyms } = loadLexicon();
const library = new GuidelineLibrary(
  await readCorpus(resolve(projectRoot, 'database/seeds/guidelines')),
);

function offered(lines: string, sex?: 'F' | 'M', patientIsChild = false) {
  const utterances = dialogue(lines);
  return codeCandidates({
    utterances,
    complaints: readTalk({}, utterances).complaints,
    patientIsChild,
    sex,
    guideline: (id) => library.document(id)?.head,
    tables: codeTables,
    expand: expandSynonyms,
  });
}

describe('codes are offered', () => {
  it('from both tables with their version and the utterances that speak for them', () => {
    const { cid10, ciap2 } = offered('P: Estou com ardência para fazer xixi desde ontem.');
    expect(cid10.version).toContain('2008');
    expect(cid10.items).toContainEqual(
      expect.objectContaining({ code: 'N30', transcription_ids: ['u0'] }),
    );
    expect(ciap2.items).toContainEqual(expect.objectContaining({ code: 'U01' }));
  });

  it('never for what is denied, asked or somebody else’s', () => {
    const { cid10, ciap2 } = offered(`
      P: Estou com dor no joelho direito.
      M: Tem enxaqueca?
      P: Não tenho enxaqueca. Febre não tive.
      P: Minha mãe tem asma.`);
    const codes = [...cid10.items, ...ciap2.items].map(({ code }) => code);
    expect(codes).toContain('M25.5');
    for (const wrong of ['G43', 'N89', 'A03', 'A78', 'R50.9', 'J45', 'R96']) {
      expect(codes).not.toContain(wrong);
    }
  });

  it('never for what a pronoun of the other sex has, or for what comes before an illness', () => {
    const woman =
      'P: Estou com dor de cabeça. Ele que está gripado, com febre e tosse, eu nem durmo.';
    const { cid10 } = offered(`${woman}\nM: Isso pode ser pré-eclâmpsia.`, 'F');
    const codes = cid10.items.map(({ code }) => code);
    expect(codes).toContain('R51');
    expect(codes.filter((code) => /^(?:R05|R50|O15)/.test(code))).toEqual([]);
  });

  it('never for the illness of a medicine, for what was once, or for no disease beside one', () => {
    const told = `P: Estou com asma, chiando, e com cansaço.
      M: Já ficou internado? Toma algum remédio?
      P: Uma vez, com três anos, por pneumonia. Tomo o remédio da tireoide.`;
    const { cid10, ciap2 } = offered(told);
    const codes = [...cid10.items, ...ciap2.items].map(({ code }) => code);
    expect(codes).toContain('J45');
    expect(codes.filter((code) => /^(?:J1|E0|Z00|R69|A9|R81)/.test(code))).toEqual([]);
  });

  it('never of the mother’s pregnancy beside a child, or for what "não" behind it denies', () => {
    const child = offered('P: Ela está com febre. Tive diabetes gestacional.', 'F', true);
    const codes = [...child.cid10.items, ...child.ciap2.items].map(({ code }) => code);
    expect(codes).toContain('A03');
    expect(codes.filter((code) => /^[OW]/.test(code))).toEqual([]);
    const denied = offered('P: Estou com tosse. Dor não, só um cansaço para andar.');
    expect(denied.cid10.items.filter(({ code }) => code.startsWith('R52'))).toEqual([]);
  });

  it('of the patient of whom a companion speaks, not of what she has herself', () => {
    const { cid10, ciap2 } = offered(
      `P: Eu sou a esposa dele. O jato de urina dele está fraquinho.
       M: Ele emagreceu?
       P: Emagreceu, mas eu mudei a comida por causa da minha diabetes.`,
      'M',
    );
    const codes = [...cid10.items, ...ciap2.items].map(({ code }) => code);
    expect(codes).toContain('N40');
    expect(codes.filter((code) => /^(?:E1|T89|T90|W)/.test(code))).toEqual([]);
  });

  it('never for what was over years ago', () => {
    const { cid10 } = offered('P: Tive um aborto no ano passado. Estou com dor no joelho direito.');
    expect(cid10.items.map(({ code }) => code)).toContain('M25.5');
    expect(cid10.items.filter(({ code }) => /^O0/.test(code))).toEqual([]);
  });

  it('never of the other sex, or for what a medicine once did', () => {
    const genital = 'P: Apareceu uma ferida no pênis. Sulfa me dá coceira.';
    const man = offered(genital, 'M');
    expect(man.ciap2.items.filter(({ code }) => /^[WX]/.test(code))).toEqual([]);
    expect(man.ciap2.items.map(({ code }) => code)).toContain('Y70');
    expect(offered(genital).ciap2.items.map(({ code }) => code)).toContain('X70');
    const burning = offered('P: Estou com ardência para urinar. Sulfa me dá coceira.');
    expect(burning.cid10.items.map(({ code }) => code)).not.toContain('L29');
  });
});
