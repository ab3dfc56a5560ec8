/** Words of /verificar: anybody with a printed code. */
export const verifyMessages = {
  title: 'Conferir um documento',
  lead: 'Digite o código que está no rodapé do documento. Nada do que ele diz aparece aqui.',
  code: 'Código',
  submit: 'Conferir',
  valid: 'Documento autêntico',
  revoked: 'Documento revogado',
  revokedText: (when: string) => `O médico revogou este documento em ${when}. Ele não vale mais.`,
  unknown: 'Código não encontrado',
  unknownText:
    'Nenhum documento tem este código. Confira letra por letra; se estiver certo, o documento não foi emitido por aqui.',
  limited: 'Muitas consultas seguidas',
  limitedText: 'Aguarde um minuto e tente de novo.',
  unreachable: 'Não foi possível conferir agora',
  unreachableText:
    'O serviço não respondeu. Isto não diz nada sobre o documento: tente em instantes.',
  kind: 'Documento',
  issued: 'Emitido em',
  doctor: 'Médico(a)',
  clinic: 'Clínica',
  patient: 'Iniciais do paciente',
  addenda: 'Adendos posteriores',
  addendaText: (count: number) =>
    count === 1
      ? 'Há 1 adendo escrito depois: peça à clínica uma cópia atual.'
      : `Há ${count} adendos escritos depois: peça à clínica uma cópia atual.`,
  file: 'SHA-256 do arquivo PDF',
  content: 'SHA-256 do conteúdo',
  signature: 'Assinatura digital do arquivo',
  signedBy: ({ holder, issuer, test }: { holder: string; issuer: string; test: boolean }) =>
    test
      ? `${holder}, com certificado de teste, sem valor legal`
      : `${holder}, certificado ICP-Brasil de ${issuer}`,
  compare:
    'Compare nome, data e iniciais com o papel: um código copiado para outro documento não confere.',
  other: 'Conferir outro código',
} as const;
