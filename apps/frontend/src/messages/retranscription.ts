import type { RetranscriptionResult } from '@medcall/shared-types';

/** Words about transcribing a consultation again. */
export const retranscriptionMessages = {
  more: 'Mais ações da transcrição',
  action: 'Transcrever de novo…',
  title: 'Transcrever de novo',
  intro: 'O áudio guardado desta consulta é ouvido outra vez, do começo ao fim.',
  points: [
    'Até terminar, o texto fica como está. Se você cancelar, nada muda.',
    'As falas que você corrigiu à mão ficam como você as deixou.',
    'A nota não muda: a assinada fica como está, com suas frases ligadas às mesmas falas, e um rascunho só é refeito se você pedir.',
    'O texto anterior de cada fala fica guardado, e você vê o que mudou.',
    'Se o motor de transcrição é pago, o custo entra na consulta, dentro do limite dela.',
  ],
  refused: 'Não é possível transcrever de novo',
  start: 'Transcrever de novo',
  /** The job goes on without the dialog. */
  leave: 'Continuar em segundo plano',
  cancel: 'Cancelar a transcrição',
  close: 'Fechar',
  underWay: 'Transcrevendo de novo',
  waiting: 'na fila, começa assim que o serviço estiver livre',
  named: (words: string) => `Transcrevendo de novo: ${words}`,
  clock: (done: string, total: string) => `${done} de ${total} da consulta`,
  reopen: 'Acompanhar',
  doneTitle: 'Transcrição refeita',
  cancelled: 'A nova transcrição foi cancelada. O texto ficou como estava.',
  failed: 'A nova transcrição não terminou. O texto ficou como estava.',
  lastDone: (at: string, words: string) => `Última vez em ${at}: ${words}.`,
  see: 'Ver',
  seeChanges: 'Ver o que mudou',
  changes: 'O que mudou',
  changesFailed: 'Não foi possível ler o que mudou',
  before: 'Antes',
  after: 'Agora',
  isNew: 'Fala nova',
  failedToAsk: 'Não foi possível pedir a nova transcrição',
  failedToCancel: 'Não foi possível cancelar',
} as const;

function count(n: number, one: string, many: string): string {
  return n === 1 ? `1 ${one}` : `${n} ${many}`;
}

/** What changed, in words: the first says what the person asked for, the others only where there is something. */
export function resultWords(result: RetranscriptionResult): string[] {
  const { added, changed, joined, kept, unheard } = result;
  return [
    changed === 0 ? 'nenhuma fala mudou' : count(changed, 'fala mudou', 'falas mudaram'),
    ...(added === 0 ? [] : [count(added, 'fala nova', 'falas novas')]),
    ...(joined === 0
      ? []
      : [count(joined, 'fala foi juntada a outra', 'falas foram juntadas a outra')]),
    ...(kept === 0
      ? []
      : [
          count(
            kept,
            'fala que você corrigiu ficou como estava',
            'falas que você corrigiu ficaram como estavam',
          ),
        ]),
    ...(unheard === 0
      ? []
      : [
          count(
            unheard,
            'trecho não pôde ser ouvido de novo e ficou como estava',
            'trechos não puderam ser ouvidos de novo e ficaram como estavam',
          ),
        ]),
  ];
}

export function firstUp(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
