import type { NoteSectionName } from '@medcall/shared-types';

/** Words of the note beside the transcript. */
export const noteMessages = {
  title: 'Nota',
  sections: {
    subjetivo: 'Subjetivo',
    objetivo: 'Objetivo',
    avaliacao: 'Avaliação',
    plano: 'Plano',
  } satisfies Record<NoteSectionName, string>,
  sectionEmpty: {
    subjetivo: 'O que o paciente conta.',
    objetivo: 'O que você viu e mediu.',
    avaliacao: 'O que você pensa que é.',
    plano: 'O que fica combinado.',
  } satisfies Record<NoteSectionName, string>,
  sectionBlank: 'Nada registrado.',
  status: { rascunho: 'Rascunho', assinada: 'Assinada' },
  saving: 'Salvando…',
  saved: 'Salvo',
  waiting:
    'Não salvo ainda. Seu texto está neste aparelho e será enviado quando o serviço responder.',
  refused: 'Não salvo: uma frase não foi aceita. Verifique frases muito longas.',
  conflictFailed: 'A escolha não pôde ser aplicada',
  conflictTitle: 'A nota mudou enquanto você escrevia',
  conflictText: 'Seu texto daqui não foi salvo. Escolha o que fica.',
  conflictMine: 'Manter o meu texto',
  conflictTheirs: 'Ver o texto salvo',
  add: (section: string) => `Escrever em ${section}`,
  addShort: 'escrever',
  sentence: (section: string) => `Frase de ${section}`,
  remove: 'Apagar frase',
  removed: 'Frase apagada',
  undo: 'Desfazer',
  ai: 'IA',
  aiTitle: 'Escrita por IA a partir das falas. Confira antes de assinar.',
  listen: 'Ouvir a fala',
  show: 'Ver a fala',

  draftTitle: 'Nenhuma nota ainda',
  draftComing: 'Um rascunho está a caminho e aparece aqui sozinho.',
  draftText:
    'O rascunho usa só o que foi dito: cada frase aponta para a fala de onde veio. Você revisa, corrige e assina.',
  draft: 'Fazer rascunho',
  redraft: 'Rascunhar de novo',
  redraftText: 'O que você escreveu fica. As frases da IA são refeitas.',
  blank: 'Escrever sem rascunho',
  drafted: (engine: string) =>
    `Rascunho de ${engine}. Apoio à decisão: o profissional revisa cada frase antes de assinar.`,
  dropped: (count: number) =>
    count === 1
      ? 'Uma frase sem apoio na transcrição foi deixada de fora.'
      : `${count} frases sem apoio na transcrição foram deixadas de fora.`,
  draftFailed: 'O rascunho não pôde ser feito',

  codes: 'Códigos',
  cid10: 'CID-10',
  ciap2: 'CIAP-2',
  candidates: 'Possíveis',
  choose: (code: string, label: string) => `Escolher ${code}, ${label}`,
  unchoose: (code: string) => `Retirar ${code}`,
  noCodes: 'Nenhum código escolhido.',

  sign: 'Assinar',
  signTitle: 'Assinar a nota?',
  signText:
    'Depois de assinada, a nota não muda mais: correções entram como adendos, com data e hora.',
  signWithout: (sections: readonly string[]) =>
    `Assinar sem ${new Intl.ListFormat('pt-BR').format(sections)}?`,
  signWithoutText: (count: number) =>
    count === 1
      ? 'Esta seção está vazia e ficará como “Nada registrado”.'
      : 'Estas seções estão vazias e ficarão como “Nada registrado”.',
  signCid: 'O paciente pediu que o CID apareça no documento',
  signCidText: 'Sem o pedido do paciente, o CID fica só no prontuário.',
  signConfirm: 'Assinar nota',
  signCancel: 'Continuar revisando',
  signFailed: 'A nota não foi assinada',
  signed: 'Nota assinada',
  signedText: 'O PDF está pronto para baixar.',
  signedBy: (when: string) => `Assinada em ${when}.`,
  pdf: 'Baixar PDF',
  pdfDraft: 'Ver como ficará',
  pdfFailed: 'Não foi possível abrir o PDF',
  verification: 'Código de verificação',

  addenda: 'Adendos',
  addendum: 'Novo adendo',
  addendumHint: 'Corrige ou completa a nota. Fica com data, hora e seu nome.',
  addendumSave: 'Registrar adendo',
  addendumFailed: 'O adendo não foi registrado',
  readOnly: 'Só quem atendeu escreve nesta nota.',
  none: 'Esta consulta ainda não tem nota.',
} as const;
