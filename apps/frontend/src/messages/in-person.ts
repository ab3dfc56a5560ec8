/** Words of /consulta-presencial/[id]. */
export const inPersonMessages = {
  itIs: { MEDICO: 'sou eu', PACIENTE: 'é o paciente' },
  change: { MEDICO: 'Trocar: fui eu', PACIENTE: 'Trocar: foi o paciente' },
  speakerFailed: 'A troca não foi registrada. Tente de novo.',
  speakersTentative:
    'Ainda não está certo qual voz é a sua. Toque no nome de uma fala para corrigir: as outras acompanham.',

  consent: {
    title: 'Antes de ouvir',
    lead: 'Leia para o paciente e marque o que ele autoriza. Sem autorização, a consulta segue normalmente e nada é ouvido.',
    who: 'Quem autorizou',
    patient: 'O próprio paciente',
    guardian: 'Responsável',
    guardianName: 'Nome do responsável',
    relation: 'Parentesco ou função',
    guardianMissing: 'Informe o nome e o parentesco de quem autorizou.',
    start: 'Começar a ouvir',
    without: 'Seguir sem transcrição',
    aiNeeded: 'Para ouvir e transcrever, o paciente precisa autorizar a transcrição.',
  },

  listening: 'Ouvindo a sala',
  paused: 'Pausado por você',
  notListening: 'Nada está sendo ouvido',
  level: 'Nível do microfone',
  silent: 'Não ouvimos ninguém há algum tempo. Aproxime o aparelho ou verifique o microfone.',
  start: 'Começar a ouvir',
  pause: 'Pausar',
  resume: 'Continuar',
  end: 'Encerrar',
  muted: 'Microfone desligado',

  endDialog: {
    title: 'Encerrar a consulta?',
    text: 'O microfone é desligado e a consulta não reabre. O que ainda está sendo transcrito termina sozinho e aparece no registro.',
  },
  online: 'Esta consulta é por vídeo',
  onlineText: 'Ela acontece na sala de vídeo.',
  openCall: 'Abrir a sala',
} as const;
