import { type MailText, mailText } from './mail-layout.ts';

/** Mails of an account; the names are those of `one_time_tokens.kind`. */
export type AccountMailKind = 'recovery' | 'signup' | 'invite' | 'email_change' | 'magiclink';

interface Sentences {
  subject: string;
  paragraphs: readonly string[];
  label: string;
}

const sentences: Readonly<Record<AccountMailKind, Sentences>> = {
  recovery: {
    subject: 'Redefinir a senha · MedCall',
    paragraphs: ['Recebemos um pedido para redefinir a senha da sua conta.'],
    label: 'Escolher nova senha',
  },
  signup: {
    subject: 'Confirme seu e-mail · MedCall',
    paragraphs: ['Confirme que este endereço é seu para começar a usar a conta.'],
    label: 'Confirmar e-mail',
  },
  invite: {
    subject: 'Convite para a equipe da clínica · MedCall',
    paragraphs: ['A administração da clínica convidou você. Escolha uma senha para entrar.'],
    label: 'Aceitar o convite',
  },
  email_change: {
    subject: 'Confirme o novo e-mail · MedCall',
    paragraphs: ['Confirme que este é o novo endereço da sua conta.'],
    label: 'Confirmar novo e-mail',
  },
  magiclink: {
    subject: 'Seu link de acesso · MedCall',
    paragraphs: ['Use o link abaixo para entrar na sua conta.'],
    label: 'Entrar',
  },
};

/** @param validMinutes how long the link works from now on, rounded to what people say */
export function accountMail(kind: AccountMailKind, url: string, validMinutes: number): MailText {
  const { label, paragraphs, subject } = sentences[kind];
  return mailText({
    subject,
    greeting: 'Olá.',
    paragraphs: [
      ...paragraphs,
      `O link vale por ${inWords(validMinutes)} e só pode ser usado uma vez.`,
    ],
    action: { label, url },
    footer: [
      'Se não foi você que pediu, ignore esta mensagem: nada muda na sua conta.',
      'A MedCall nunca pede senha por e-mail, telefone ou mensagem.',
    ],
  });
}

/** What a person is told after a change; the names are those of `account_notices.kind`. */
export type AccountNoticeKind =
  | 'factor_added'
  | 'factor_removed'
  | 'factor_reset'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'email_changed';

interface Notice {
  subject: string;
  happened: string;
  /** Where the usual advice does not help: what to do if it was somebody else. */
  otherwise?: string;
}

const notices: Readonly<Record<AccountNoticeKind, Notice>> = {
  factor_added: {
    subject: 'Verificação em duas etapas ativada · MedCall',
    happened: 'A verificação em duas etapas foi ativada na sua conta.',
  },
  factor_removed: {
    subject: 'Verificação em duas etapas desativada · MedCall',
    happened: 'A verificação em duas etapas foi desativada na sua conta.',
  },
  factor_reset: {
    subject: 'Verificação em duas etapas redefinida · MedCall',
    happened:
      'A administração apagou a verificação em duas etapas da sua conta e encerrou suas sessões.',
  },
  recovery_codes_made: {
    subject: 'Novos códigos de recuperação · MedCall',
    happened:
      'Novos códigos de recuperação foram gerados na sua conta. Os anteriores não valem mais.',
  },
  recovery_code_used: {
    subject: 'Código de recuperação usado · MedCall',
    happened: 'Alguém entrou na sua conta com um dos seus códigos de recuperação.',
  },
  email_changed: {
    subject: 'O e-mail da sua conta foi trocado · MedCall',
    happened: 'O e-mail da sua conta foi trocado por outro: este endereço não entra mais.',
    // The mail goes to the address from before, which opens nothing any more.
    otherwise:
      'Se não foi, avise agora a administração da clínica: ela encerra as sessões e devolve a conta a você.',
  },
};

/**
 * @param at for example `26/11/2026 às 15:04`
 * @param url where sessions are ended and factors are changed
 */
export function accountNotice(kind: AccountNoticeKind, at: string, url: string): MailText {
  const { happened, otherwise, subject } = notices[kind];
  return mailText({
    subject,
    greeting: 'Olá.',
    paragraphs: [
      `${happened} Isso aconteceu em ${at} (horário de Brasília).`,
      `Se foi você, não precisa fazer nada. ${otherwise ?? 'Se não foi, troque a senha agora e avise a administração da clínica.'}`,
    ],
    action: otherwise === undefined ? { label: 'Ver a segurança da conta', url } : undefined,
    footer: ['A MedCall nunca pede senha nem código por e-mail, telefone ou mensagem.'],
  });
}

function inWords(minutes: number): string {
  if (minutes < 120) return `${Math.max(1, Math.round(minutes))} minutos`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} horas`;
  return `${Math.round(minutes / 1440)} dias`;
}
