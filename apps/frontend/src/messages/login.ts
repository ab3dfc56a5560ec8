import type { SignInFailure } from '../lib/auth/sign-in-failure.ts';
import { secondFactorMessages } from './second-factor.ts';

/** Words of /login. */
export const loginMessages = {
  title: 'Entrar',
  lead: 'Para médicos e equipe da clínica. Pacientes entram pelo link do convite, sem conta.',
  email: 'E-mail',
  password: 'Senha',
  submit: 'Entrar',
  forgotten: 'Esqueci minha senha',
  wrong: 'E-mail ou senha não conferem. Verifique e tente de novo.',
  limited: (seconds: number | null) =>
    seconds === null
      ? 'Muitas tentativas seguidas. Aguarde um pouco e tente de novo.'
      : `Muitas tentativas seguidas. Você pode tentar de novo em ${seconds} s.`,
  limitedOver: 'Você já pode tentar de novo.',
  unreachable: 'O serviço de acesso não respondeu. Sua senha não foi recusada: tente em instantes.',
  expired: 'Sua sessão terminou. Entre de novo para continuar de onde parou.',
  required: 'Entre para abrir esta página.',
  demoTitle: 'Contas de demonstração',
  demoText: 'Dados inventados. A senha de todas é',
  demoUse: 'Usar',
} as const;

/** Why a sign-in was refused. */
export function signInSentence(failure: SignInFailure): string {
  switch (failure.code) {
    case 'limited':
      return loginMessages.limited(failure.seconds);
    case 'wrong_code':
    case 'too_late':
      return secondFactorMessages.failures[failure.code];
    default:
      return loginMessages[failure.code];
  }
}

export const demoAccounts = [
  { email: 'medico@aurora.demo', who: 'Dra. Beatriz Nogueira, médica · Clínica Aurora' },
  { email: 'medico2@aurora.demo', who: 'Outro médico · Clínica Aurora' },
  { email: 'admin@aurora.demo', who: 'Administração · Clínica Aurora' },
  { email: 'medico@horizonte.demo', who: 'Médico · Clínica Horizonte' },
  { email: 'admin@horizonte.demo', who: 'Administração · Clínica Horizonte' },
] as const;
export const demoPassword = 'MedCall-demo-2026';
