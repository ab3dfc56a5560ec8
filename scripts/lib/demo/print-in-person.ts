import type { InPersonReport, PooledInPerson } from './measure-in-person.ts';
import { percent, spread, table } from './print.ts';

const head = [
  'diálogo',
  'falante no fim',
  '1º texto final',
  '1ª exibição',
  'UNKNOWN',
  'ouvido',
  'WER',
  'atraso med. / p95',
  'falas',
];

function rowOf({ dialogue, lag, namesExchanged, shares, utterances, wer }: InPersonReport) {
  return [
    namesExchanged ? `${dialogue} *` : dialogue,
    ...sharesCells(shares),
    percent(wer),
    spread(lag),
    String(utterances),
  ];
}

function sharesCells(shares: PooledInPerson['shares']): string[] {
  return [
    percent(shares.last.right),
    percent(shares.firstFinal.right),
    percent(shares.firstShown.right),
    percent(shares.last.unknown),
    percent(shares.last.heard),
  ];
}

/** The closing table of consultations in person, and below it what its columns mean. */
export function inPersonTable(pooled: PooledInPerson): string {
  const rows = [head, ...pooled.dialogues.map(rowOf)];
  if (pooled.dialogues.length > 1) {
    rows.push([
      'todos',
      ...sharesCells(pooled.shares),
      percent(pooled.wer),
      spread(pooled.lag),
      String(pooled.dialogues.reduce((sum, { utterances }) => sum + utterances, 0)),
    ]);
  }
  const enrolled = pooled.dialogues.every((report) => report.enrolled);
  return [
    ...table(rows),
    '',
    'falante: tempo de fala com o falante certo, do tempo que recebeu um rótulo (UNKNOWN conta como errado);',
    'no fim, no primeiro texto final e na primeira exibição de cada fala; ouvido: tempo da referência com rótulo',
    ...(enrolled
      ? []
      : ['* sem voz cadastrada: os nomes contam trocados, porque assim acertam mais']),
  ].join('\n');
}
