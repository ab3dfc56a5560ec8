import { describe, expect, it } from 'vitest';
import { dialogue } from '../../testing/dialogue.ts';
import { readTable } from '../../testing/read-table.ts';
import { concerns, patientInTalk } from './patient-context.ts';
import { readTalk } from './read-talk.ts';

const complaintsOf = (lines: string) =>
  readTalk({}, dialogue(lines)).complaints.map(({ complaint }) => complaint.id);

describe('the complaint', () => {
  it.each(readTable('openings.tsv'))('%s: %s', (id, opening) => {
    expect(complaintsOf(`P: ${opening}`)[0]).toBe(id);
  });

  it('is not what is denied', () => {
    expect(complaintsOf('P: Dor no peito eu não tenho, não tenho febre, só tosse.')).toEqual(
      expect.arrayContaining(['tosse']),
    );
    expect(complaintsOf('P: Não tenho dor de cabeça, doutor, é o joelho que dói muito.')).toEqual([
      'artralgia',
    ]);
  });

  it('is not an old disease that answers a question', () => {
    expect(
      complaintsOf(`
        P: Estou com dor no peito há três semanas, doutor.
        M: A senhora tem pressão alta ou diabetes?
        P: Tenho pressão alta há dez anos.
      `),
    ).toEqual(['dor-toracica']);
  });

  it('is unknown after a greeting, and general when nothing is recognised', () => {
    expect(complaintsOf('M: Está me ouvindo?\nP: Estou sim, obrigada.')).toEqual([]);
    expect(
      complaintsOf(`
        P: Eu vim porque uma coisa estranha vem acontecendo comigo.
        P: É difícil de explicar, nem sei por onde eu começo.
      `),
    ).toEqual(['anamnese-geral']);
  });
});

describe('the patient', () => {
  it('is the child when a guardian speaks, whatever the card says', () => {
    const talk = dialogue(`
      M: Quem está comigo é a mãe do Pedro, certo?
      P: Isso, doutor. O Pedro tem quatro anos.
    `);
    expect(patientInTalk({ ageYears: 38, sex: 'F' }, talk)).toEqual({ ageYears: 4 });
    expect(patientInTalk({}, dialogue('P: Minha filha tem oito meses e está com febre.'))).toEqual({
      ageYears: 8 / 12,
    });
  });

  it('is the adult when children are only mentioned', () => {
    const grown = { ageYears: 60, sex: 'F' } as const;
    expect(patientInTalk(grown, dialogue('P: Meu filho tem trinta anos e mora longe.'))).toEqual(
      grown,
    );
    expect(patientInTalk(grown, dialogue('P: Estou grávida, o bebê mexe bastante.'))).toEqual(
      grown,
    );
  });

  it('is addressed as a man or a woman', () => {
    expect(patientInTalk({ sex: 'F' }, dialogue('M: O senhor fuma?'))).toEqual({ sex: 'M' });
    expect(patientInTalk({}, dialogue('M: Bom dia, dona Helena.'))).toEqual({ sex: 'F' });
  });

  it('excludes only what is known not to fit', () => {
    expect(concerns({ sex: 'F', minYears: 11 }, {})).toBe(true);
    expect(concerns({ sex: 'F' }, { sex: 'M' })).toBe(false);
    expect(concerns({ maxYears: 12 }, { ageYears: 40 })).toBe(false);
    expect(concerns(undefined, { ageYears: 40 })).toBe(true);
  });
});
