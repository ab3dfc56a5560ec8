import type { MediaTrouble } from '#lib/audioUtils.ts';

/** Words of /call/[id], doctor and patient. */
export const callMessages = {
  you: 'Você',
  patient: 'Paciente',
  doctor: 'Médico',
  unknownSpeaker: 'Outra pessoa',
  partial: 'parcial',

  controls: {
    label: 'Controles da chamada',
    mute: 'Desligar microfone',
    unmute: 'Ligar microfone',
    cameraOff: 'Desligar câmera',
    cameraOn: 'Ligar câmera',
    shareScreen: 'Mostrar minha tela',
    stopSharing: 'Parar de mostrar a tela',
    pauseTranscription: 'Pausar transcrição',
    startTranscription: 'Iniciar transcrição',
    notesOpen: 'Abrir minhas anotações',
    notesClose: 'Fechar minhas anotações',
    end: 'Encerrar',
    leave: 'Sair',
    captionsOn: 'Mostrar legendas',
    captionsOff: 'Esconder legendas',
  },

  line: {
    good: 'conexão boa',
    fair: 'conexão instável',
    poor: 'conexão fraca',
    reconnecting: 'reconectando…',
    waitingPeer: 'ninguém mais na sala',
    mediaConnecting: 'ligando o vídeo…',
    mediaFailed: 'vídeo interrompido, tentando de novo',
    stalled: (name: string) => `Ainda sem vídeo de ${name}.`,
    tryAgain: 'Tentar de novo',
  },
  reconnectingTitle: 'A conexão caiu. Reconectando…',
  reconnectingText:
    'Pode continuar falando: o áudio fica guardado neste aparelho e é enviado depois.',
  backlog: (seconds: number) =>
    `${seconds} s de áudio guardados neste aparelho, à espera da conexão.`,
  awayPeer: (name: string) => `${name} perdeu a conexão. A vaga na sala continua aberta.`,
  cameraOffPeer: 'câmera desligada',
  microphoneOffPeer: 'microfone desligado',
  playBlocked: 'Tocar o som da chamada',
  ownPicture: 'Sua imagem',

  media: {
    denied:
      'O navegador não tem permissão para usar o microfone ou a câmera. Libere no cadeado ao lado do endereço e tente de novo.',
    missing: 'Não encontramos um microfone. Conecte um e tente de novo.',
    busy: 'O microfone está em uso por outro aplicativo. Feche-o e tente de novo.',
    unsupported:
      'Este endereço não é seguro (https), então o navegador não libera microfone e câmera.',
    unknown: 'Não foi possível abrir o microfone. Verifique o aparelho e tente de novo.',
  } satisfies Record<MediaTrouble, string>,
  devices: {
    open: 'Trocar microfone ou câmera',
    title: 'Microfone e câmera',
    lead: 'A troca vale na hora. A chamada e a transcrição continuam.',
    microphone: 'Microfone',
    camera: 'Câmera',
    noMicrophone: 'Nenhum microfone em uso',
    noCamera: 'Nenhuma câmera em uso',
    unnamed: (kind: string, place: number) => `${kind} ${place}`,
    understood: 'Entendi',
    replaced: {
      audio: (label: string) => `O microfone foi desconectado. Agora você fala por: ${label}.`,
      video: (label: string) => `A câmera foi desconectada. Agora sua imagem vem de: ${label}.`,
    },
  },
  guest: {
    open: 'Convidar acompanhante ou intérprete',
    title: 'Convidar mais uma pessoa',
    lead: 'Quem abrir o link espera na porta e só entra quando você admitir. Vê e ouve a chamada, sem acesso ao registro.',
    name: 'Nome e papel',
    nameHint: 'Como aparece na chamada, por exemplo: Rosa, filha; Caio, intérprete de Libras.',
    create: 'Criar e copiar o link',
    link: 'Link do convite',
    linkHint: 'Envie só a essa pessoa. O link vale até o fim da consulta.',
    copied: 'Link copiado.',
    copyByHand: 'Selecione o link e copie.',
    copyAgain: 'Copiar de novo',
  },
  cameraOnlyTrouble: 'Sem câmera: você participa só com a voz.',
  tryDevicesAgain: 'Tentar de novo',
  callWithoutMicrophone: 'Você vê e ouve a sala, mas ninguém ouve você.',

  transcript: {
    title: 'Transcrição',
    emptyOn: 'Ouvindo. As falas aparecem aqui poucos instantes depois de ditas.',
    emptyOff: 'As falas aparecem aqui quando a transcrição começar.',
    backToLive: 'voltar ao vivo',
    lag: (seconds: number) => `Transcrição atrasada ${seconds} s; nada se perde.`,
    on: 'Transcrevendo',
    off: 'Transcrição desligada',
    paused: 'Transcrição pausada por você.',
    notAllowed: 'A transcrição está desligada: o paciente não autorizou.',
    withdrawn:
      'O paciente retirou a autorização. A transcrição parou; o que já foi escrito continua.',
    aiDisabled: 'A transcrição está desligada nesta consulta.',
    waiting: 'A transcrição começa quando o paciente entrar.',
    askAgain: 'Verificar de novo',
    engine: (engine: string) => `Motor: ${engine}`,
  },

  questions: {
    title: 'Perguntas',
    empty: 'Nenhuma pergunta por enquanto. Elas surgem do que o paciente diz.',
    redFlag: 'Sinal de alarme',
    use: 'usar',
    dismiss: 'dispensar',
    labelOfUse: (question: string) => `Usar: ${question}`,
    labelOfDismiss: (question: string) => `Dispensar: ${question}`,
    guideline: 'Diretriz',
    queue: (count: number) => (count === 1 ? 'mais 1 à espera' : `mais ${count} à espera`),
    settled: { used: 'Pergunta usada', dismissed: 'Pergunta dispensada' },
    notSaved: 'A escolha não foi registrada. Tente de novo.',
    engine: (engine: string) => `Selecionadas por: ${engine}`,
    support: 'Apoio à decisão: são sugestões para o profissional avaliar, não uma conduta.',
    fallback:
      'O modelo de linguagem não está em uso agora: há perguntas do banco deste servidor entre estas.',
  },

  coverage: {
    title: 'Cobertura da anamnese',
    empty: 'Os temas aparecem conforme a conversa.',
    covered: 'abordado',
    show: 'Ver a fala',
    open: 'em aberto',
    summary: (covered: number, total: number) => `${covered} de ${total}`,
  },

  patientPanel: {
    title: 'Paciente',
    allergies: 'Alergias',
    medicines: 'Em uso',
    none: 'nada registrado',
    unavailable: 'Não foi possível ler a ficha agora.',
  },

  cost: (spent: string, cap: string | null) => (cap ? `${spent} de ${cap}` : spent),
  costStopped: 'Limite de custo atingido: seguem só os motores locais.',

  waitingRoom: {
    title: (name: string) => `${name} está esperando`,
    guest: 'acompanhante',
    leftAt: (time: string) => `Recado das ${time}:`,
    admit: 'Admitir',
    deny: 'Recusar',
    empty: 'Sala aberta. Ninguém entrou ainda.',
    emptyText:
      'Envie o convite ao paciente. Quando ele abrir o link, você o vê aqui e decide quando entra.',
    copyInvite: 'Copiar convite',
    copied: 'Convite copiado',
    copiedText: 'Cole na mensagem ao paciente. O link vale até o fim da consulta.',
  },

  endDialog: {
    title: 'Encerrar a consulta?',
    text: 'A chamada termina para todos e não reabre. O que ainda está sendo transcrito termina sozinho e aparece no registro.',
    confirm: 'Encerrar consulta',
    cancel: 'Continuar',
  },
  ending: {
    title: 'A consulta terminou',
    drain: (seconds: number) => `Transcrevendo os últimos ${seconds} s…`,
    opening: 'Abrindo o registro…',
    openNow: 'Abrir o registro agora',
  },

  panels: {
    menu: 'Painéis',
    menuWith: (questions: number) =>
      questions === 1 ? 'Painéis, 1 pergunta à espera' : `Painéis, ${questions} perguntas à espera`,
    hide: (name: string) => `Esconder ${name}`,
    names: {
      transcript: 'Transcrição',
      questions: 'Perguntas',
      patient: 'Paciente',
      coverage: 'Cobertura da anamnese',
      notes: 'Minhas anotações',
    },
  },

  tabs: { transcript: 'Transcrição', questions: 'Perguntas', patient: 'Paciente' },
  shortcuts:
    'Atalhos: M microfone, V câmera, T transcrição, 1 a 3 usar pergunta, Shift+1 a 3 dispensar, N minhas anotações, Esc só o vídeo, interrogação mostra todos.',

  help: {
    title: 'Atalhos do teclado',
    lead: 'Valem em toda a tela, menos enquanto você escreve.',
    open: 'Atalhos do teclado',
    rows: [
      ['M', 'ligar ou desligar o microfone'],
      ['V', 'ligar ou desligar a câmera'],
      ['T', 'pausar ou retomar a transcrição'],
      ['1 a 3', 'usar a pergunta daquele lugar'],
      ['Shift 1 a 3', 'dispensar a pergunta daquele lugar'],
      ['N', 'escrever nas minhas anotações; Esc volta'],
      ['?', 'mostrar esta folha'],
      ['Esc', 'fechar o que está aberto; depois, ficar só com o vídeo e voltar'],
    ],
  },

  refused: {
    title: 'Não foi possível entrar',
    notMine: 'Só quem atende esta consulta e quem foi convidado entram na sala.',
    needInvite: 'Este endereço precisa de um convite',
    needInviteText:
      'Abra o link completo que a clínica enviou. Se você é da clínica, entre com sua conta.',
    signIn: 'Entrar com minha conta',
    otherLink: 'Peça à clínica um novo link.',
    presencial: 'Esta consulta é presencial',
    presencialText: 'Ela não tem sala de vídeo.',
    openPresencial: 'Abrir consulta presencial',
    openRecord: 'Abrir o registro',
  },
  elsewhere: {
    title: 'A consulta está aberta em outra janela',
    text: 'Som e imagem seguem na janela mais nova. Nada do que foi dito aqui se perdeu.',
    here: 'Continuar nesta janela',
  },
  actionFailed: 'Não foi possível concluir',
  connecting: 'Entrando na sala…',
} as const;
