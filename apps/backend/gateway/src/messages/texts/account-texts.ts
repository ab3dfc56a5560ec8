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

function inWords(minutes: number): string {
  if (minutes < 120) return `${Math.max(1, Math.round(minutes))} minutos`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} horas`;
  return `${Math.round(minutes / 1440)} dias`;
}
