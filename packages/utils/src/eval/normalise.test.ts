import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, sameWord } from './normalise.ts';
import { alignWords } from './word-errors.ts';

function soundTheSame(a: string, b: string): boolean {
  return alignWords(normalise(a), normalise(b)).every((step) => step.kind === 'equal');
}

const alike: [string, string, string][] = [
  ['case and punctuation', 'Bom dia, dona Helena!', 'bom dia dona helena'],
  ['accents', 'pressão às vezes é má', 'pressao as vezes e ma'],
  ['decomposed accents', 'pressa\u0303o', 'pressão'],
  ['hyphens', 'pronto-socorro', 'pronto socorro'],
  ['units in words', 'cinquenta miligramas', '50 mg'],
  ['unit glued to the figure', 'losartana 50mg', 'losartana 50 miligramas'],
  ['weeks', 'há três semanas', 'há 3 semanas'],
  ['feminine numbers', 'duas vezes', '2 vezes'],
  ['teens', 'dezesseis gotas', '16 gotas'],
  ['old spelling of 14', 'catorze dias', 'quatorze dias'],
  ['tens and units', 'trinta e nove graus', '39 graus'],
  ['hundreds', 'quinhentos miligramas', '500mg'],
  ['hundreds and tens', 'cento e vinte por oitenta', '120 por 80'],
  ['hundreds without e', 'cento vinte', '120'],
  ['thousands', 'mil e quinhentos', '1.500'],
  ['years', 'dois mil e vinte e cinco', '2025'],
  ['mixed thousands', '2 mil leucócitos', 'dois mil leucócitos'],
  ['mixed thousands with a rest', '2 mil e 500', '2500'],
  ['many thousands', 'duzentos e cinquenta mil plaquetas', '250.000 plaquetas'],
  ['millions', 'um milhão', '1 milhão'],
  ['decimal comma', 'trinta e oito vírgula cinco', '38,5'],
  ['decimal point', 'trinta e oito ponto cinco', '38.5'],
  ['decimal with a zero', 'um vírgula zero cinco', '1,05'],
  ['decimals of two figures', 'um vírgula setenta e cinco metros', '1,75 m'],
  ['useless zeros', '37,0 graus', '37 graus'],
  ['half a kilo', 'Pesa dezesseis quilos e meio.', 'Pesa 16,5 kg.'],
  ['half after the number', 'trinta e oito e meio de febre', '38,5 de febre'],
  ['half a degree', 'trinta e oito graus e meio', '38,5°C'],
  ['half a year', 'quatro anos e meio', '4,5 anos'],
  ['one and a half', 'um litro e meio de água', '1,5 L de água'],
  ['half as a fraction', '½ comprimido', 'meio comprimido'],
  ['half as a typed fraction', '1/2 comprimido', 'meio comprimido'],
  ['degrees Celsius', 'trinta e nove graus Celsius', '39 °C'],
  ['degrees with º', '38,2 ºC', 'trinta e oito vírgula dois graus'],
  ['bare degree sign', '39°', '39 graus'],
  ['percent', 'noventa e cinco por cento', '95%'],
  ['blood pressure with x', 'doze por oito', '12x8'],
  ['blood pressure with slash', 'doze por oito', '12/8'],
  ['blood pressure with ×', '140 × 90', 'cento e quarenta por noventa'],
  ['mercury', '120 milímetros de mercúrio', '120 mmHg'],
  ['heart rate', 'oitenta batimentos por minuto', '80 bpm'],
  ['concentration', 'cento e dez miligramas por decilitro', '110 mg/dL'],
  ['micrograms', 'setenta e cinco microgramas', '75 µg'],
  ['times a day', 'três vezes ao dia', '3x ao dia'],
  ['hours', 'oito horas', '8h'],
  ['every so many hours', 'de seis em seis horas', 'de 6 em 6 h'],
  ['time of day without hours', 'Deito às onze', 'Deito às 11h'],
  ['time of day with minutes', 'às oito e trinta', 'às 8h30'],
  ['time of day with a colon', 'às 8:30', 'às oito e meia'],
  ['time of day with minutes named', 'às oito horas e quinze minutos', 'às 8h15min'],
  ['a full hour with a colon', 'às 14:00', 'às quatorze horas'],
  ['hours and a half', 'duas horas e meia', '2h30'],
  ['hours and a half with a comma', '2,5 horas', 'duas horas e meia'],
  ['centimetres', 'um metro e setenta', '1 m e 70'],
  ['seconds', 'trinta segundos', '30 s'],
  ['ordinal masculine', 'segundo dia', '2º dia'],
  ['ordinal feminine', 'primeira vez', '1ª vez'],
  ['ordinal typed with a letter', 'terceira dose', '3a dose'],
  ['ordinal above ten', 'décimo segundo', '12º'],
  ['money', 'cinquenta reais', 'R$ 50'],
  ['range', 'de 2 a 3 dias', 'de 2-3 dias'],
  ['article and figure', 'uma vez por dia', '1 vez por dia'],
  ['article and figure, masculine', 'dipirona, um grama', 'dipirona, 1 g'],
  ['zero', 'nota zero', 'nota 0'],
  ['leading zero', '08 horas', '8 horas'],
  ['pra', 'vim pra consulta', 'vim para consulta'],
  ['pro', 'vai pro hospital', 'vai para o hospital'],
  ['tá', 'tá doendo', 'está doendo'],
  ['tô', 'tô com febre', 'estou com febre'],
  ['né', 'dói, né?', 'dói, não é?'],
  ['num', 'num dia', 'em um dia'],
  ['titles', 'Dra. Fernanda', 'doutora Fernanda'],
  ['apostrophe', "copo d'água", 'copo dágua'],
  ['letter and figure', 'vitamina B12', 'vitamina b12'],
];

const different: [string, string, string][] = [
  ['another figure', 'cinquenta miligramas', '500 mg'],
  ['another unit', '50 mg', '50 ml'],
  ['gender of the article', 'um dor', 'uma dor'],
  ['negation', 'não tenho febre', 'tenho febre'],
  ['article against two', 'uma vez', '2 vezes'],
  ['numbers in a row are no sum', 'dois, três dias', '5 dias'],
  ['numbers joined by e are no sum', 'dois e três', '5'],
  ['decimals are not dropped', '38,5', '38'],
  ['another hour', 'às oito', 'às nove'],
  ['minutes are not dropped', 'às oito e meia', 'às oito'],
  ['systole alone', '12 por 8', '12'],
  ['ordinal is no cardinal', 'segundo dia', '2 dia'],
  ['plural of an ordinary word', 'dor', 'dores'],
];

describe('the normaliser', () => {
  it.each(alike)('hears no difference: %s', (_name, a, b) => {
    expect(normalise(b)).toSatisfy(() => soundTheSame(a, b), `${normalise(a)} | ${normalise(b)}`);
  });

  it.each(different)('hears a difference: %s', (_name, a, b) => {
    expect(soundTheSame(a, b)).toBe(false);
  });

  it('keeps the order and number of ordinary words', () => {
    expect(
      normalise('Bem no meio do peito. É um aperto, como se tivesse um peso em cima.'),
    ).toEqual('bem no meio do peito e um aperto como se tivesse um peso em cima'.split(' '));
  });

  it('gives nothing for silence', () => {
    expect(normalise(' … — ?! ')).toEqual([]);
  });

  it('takes the figure 1 for both articles, and the articles for two words', () => {
    expect(sameWord('1', 'uma')).toBe(true);
    expect(sameWord('um', '1')).toBe(true);
    expect(sameWord('um', 'uma')).toBe(false);
  });

  it('reads every cardinal up to 999,999 as its figure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999_999 }), (value) => {
        expect(normalise(cardinal(value))).toEqual([String(value)]);
      }),
    );
  });

  it('changes nothing when applied to its own result', () => {
    for (const [, a, b] of alike) {
      for (const text of [a, b]) {
        const once = normalise(text);
        expect(normalise(once.join(' '))).toEqual(once);
      }
    }
  });
});

// An independent speller: written from the grammar's rule, not from the reader's tables.
const below20 =
  ' um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove'.split(
    ' ',
  );
const ofTens = '  vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' ');
const ofHundreds =
  ' cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(
    ' ',
  );

function below1000(value: number): string {
  if (value === 100) return 'cem';
  const rest = value % 100;
  const parts = [
    ofHundreds[Math.floor(value / 100)],
    ...(rest < 20 ? [below20[rest]] : [ofTens[Math.floor(rest / 10)], below20[rest % 10]]),
  ];
  return parts.filter((part) => part).join(' e ');
}

function cardinal(value: number): string {
  const thousands = Math.floor(value / 1000);
  const rest = value % 1000;
  if (thousands === 0) return below1000(rest);
  const head = thousands === 1 ? 'mil' : `${below1000(thousands)} mil`;
  if (rest === 0) return head;
  return rest < 100 || rest % 100 === 0
    ? `${head} e ${below1000(rest)}`
    : `${head} ${below1000(rest)}`;
}
