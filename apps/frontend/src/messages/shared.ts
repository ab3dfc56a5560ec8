function megabytes(bytes: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return (bytes / 1_000_000).toLocaleString('pt-BR', digits);
}

/** Words that more than one screen says. */
export const sharedMessages = {
  productName: 'MedCall AI',
  productLine: 'Telemedicina com transcrição em português e perguntas com fonte para o médico.',
  demoBanner: 'Demonstração: pessoas e dados inventados. Não use dados reais de pacientes.',
  skipToContent: 'Ir para o conteúdo',
  nav: { dashboard: 'Início', agenda: 'Agenda', patients: 'Pacientes', admin: 'Clínica' },
  navLabel: 'Navegação principal',
  settings: 'Configurações',
  signOut: 'Sair',
  retry: 'Tentar de novo',
  cancel: 'Cancelar',
  undo: 'Desfazer',
  close: 'Fechar',
  back: 'Voltar',
  loading: 'Carregando…',
  notifications: 'Avisos',
  received: (bytes: number) => (bytes === 0 ? 'Preparando…' : `${megabytes(bytes)} MB recebidos`),
  uploading: 'Enviando o arquivo…',
  sentOf: (sent: number, total: number) =>
    // A file under a megabyte would stand still at its tenths.
    total < 1_000_000
      ? `${Math.round(sent / 1000)} de ${Math.round(total / 1000)} kB enviados`
      : `${megabytes(sent)} de ${megabytes(total)} MB enviados`,
  offline: 'Sem conexão. O que você escreve fica neste aparelho e segue quando a rede voltar.',
  account: (name: string) => `Conta de ${name}`,
  theme: 'Aparência',
  themeNow: (theme: string) => `Aparência: ${theme.toLowerCase()}. Mudar`,
  themes: { system: 'Como no aparelho', light: 'Clara', dark: 'Escura' },
  expiredTitle: 'Sua sessão terminou',
  expiredText: 'Digite sua senha para continuar. O que você escreveu continua nesta página.',
  expiredPassword: (email: string) => `Senha de ${email}`,
  expiredAction: 'Continuar',
  expiredOther: 'Entrar com outra conta',
  identityDown: 'O serviço de acesso não está respondendo. Tentamos de novo sozinhos.',
  notFoundTitle: 'Esta página não existe',
  notFoundText: 'O endereço pode ter mudado ou a consulta pode não ser sua.',
  goHome: 'Ir para o início',
  errorTitle: 'Algo não funcionou aqui',
  errorText: 'Nada do que já foi registrado se perdeu. Tente de novo.',
} as const;
