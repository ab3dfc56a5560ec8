/** Words of the patient's path to the call. */
export const patientMessages = {
  stepOf: (step: number, total: number) => `Passo ${step} de ${total}`,
  intro: {
    title: (doctor: string) => `Sua consulta com ${doctor}`,
    greeting: (name: string) => `Olá, ${name}.`,
    at: (clinic: string, when: string | null) => (when ? `${clinic} · ${when}` : clinic),
    lines: (doctor: string) => [
      'Você escolhe abaixo o que autoriza.',
      'Em seguida, o navegador pede para usar sua câmera e seu microfone: escolha “Permitir”.',
      `Você espera um pouco e ${doctor} abre a sala.`,
    ],
    guestLines: (doctor: string) => [
      'Em seguida, o navegador pede para usar sua câmera e seu microfone: escolha “Permitir”.',
      `Você espera um pouco e ${doctor} abre a sala.`,
      'Você participa como convidado: vê e ouve a consulta, sem acesso ao registro.',
    ],
    privacy: 'Não é preciso ter conta nem instalar nada.',
  },
  consent: {
    title: 'Suas escolhas',
    lead: 'Só a primeira é necessária para a consulta. As outras são livres e você pode mudar de ideia.',
    needed: 'necessário',
    optional: 'opcional',
    guardianMissing: 'Informe o nome e o parentesco de quem responde pelo paciente.',
    careMissing: 'Para continuar, é preciso aceitar o atendimento por telemedicina.',
    next: 'Continuar',
    version: (version: string) => `Versão do texto: ${version}`,
  },
  devices: {
    title: 'Câmera e som',
    lead: 'Fale alguma coisa: a barra deve se mexer.',
    askText: 'O navegador pede sua permissão. Escolha “Permitir”.',
    asking: 'Esperando sua permissão…',
    level: 'Nível do microfone',
    silent:
      'Não ouvimos seu microfone. Verifique se ele não está mudo ou em uso por outro aplicativo.',
    heard: 'Estamos ouvindo você.',
    next: 'Entrar na sala de espera',
    nextWithoutMicrophone: 'Entrar sem microfone',
    guestSpeech: 'Transcrever também o que eu digo',
    guestSpeechText:
      'Opcional. Se a consulta estiver sendo transcrita, sua fala entra no registro como “Outra pessoa”, sem seu nome. Útil para intérpretes.',
  },
  guestEarly: {
    title: 'O paciente ainda não entrou',
    text: 'Assim que ele aceitar o atendimento, você pode entrar. Esta tela tenta de novo sozinha.',
    again: 'Tentar agora',
  },
  waiting: {
    title: 'Avisamos que você chegou',
    text: (doctor: string) =>
      `${doctor} abre a sala em instantes. Pode deixar esta tela aberta: a chamada começa sozinha.`,
    ahead: (count: number) =>
      count === 0
        ? 'Ninguém espera antes de você.'
        : count === 1
          ? 'Há uma pessoa antes de você.'
          : `Há ${count} pessoas antes de você.`,
    busy: (doctor: string) => `${doctor} está em outro atendimento.`,
    message: {
      label: (doctor: string) => `Recado para ${doctor}`,
      hint: 'Por exemplo, se precisar sair por um momento. Em emergência, ligue 192.',
      send: 'Deixar recado',
      left: (time: string) => `Recado das ${time}:`,
    },
    denied: (doctor: string) => `${doctor} não pôde receber você agora`,
    deniedText: 'Fale com a clínica para combinar outro momento. Você pode tentar entrar de novo.',
    again: 'Tentar entrar de novo',
  },
  call: {
    alone: (doctor: string) => `Esperando ${doctor} voltar à sala…`,
    choices: 'Minhas escolhas',
    aiOn: 'Esta conversa está sendo transcrita.',
    aiOff: 'Esta conversa não está sendo transcrita.',
    withdrawn: 'Autorização retirada',
    withdrawnText: 'A transcrição para em instantes. O que já foi escrito continua no registro.',
    granted: 'Autorização registrada',
    guardianAllows: 'Autorizar como responsável',
  },
  left: {
    title: 'Você saiu da chamada',
    text: 'A consulta continua aberta. Você pode voltar enquanto ela não terminar.',
    again: 'Voltar à chamada',
  },
  after: {
    title: 'A consulta terminou',
    text: 'Quando o médico aprovar documentos para você, a clínica envia um link para abri-los.',
    rights: 'Para pedir uma cópia dos seus dados ou tirar dúvidas sobre eles, fale com a clínica.',
    close: 'Você já pode fechar esta página.',
  },
  link: {
    invalidTitle: 'Este convite não vale mais',
    invalidText: 'O link venceu, foi cancelado ou não está completo. Peça um novo à clínica.',
    endedTitle: 'Esta consulta já terminou',
    retryTitle: 'Não conseguimos abrir sua consulta',
  },
} as const;
