import { createPatient } from '@medcall/shared-types';
import { isCpf, passwordWeaknesses } from '@medcall/utils';
import { z } from 'zod';
import { recoverMessages } from '../messages/recover-password.ts';

/** Sign-in form, checked in the page and again on the server. */
export const signInInput = z.object({
  email: z.email('Informe um e-mail válido.').max(200),
  password: z.string().min(1, 'Informe sua senha.').max(200),
});
export type SignInInput = z.infer<typeof signInInput>;

/** A code of an authenticator app, or a recovery code. */
export const shownCodeInput = z.object({
  kind: z.enum(['app', 'recovery']),
  code: z.string().trim().min(1).max(40),
  factorId: z.uuid().optional(),
});

export const askLinkInput = signInInput.pick({ email: true });
export type AskLinkInput = z.infer<typeof askLinkInput>;

/** The rule of the identity, asked before the link is spent. */
const newPassword = z.object({
  password: z.string().superRefine((password, context) => {
    const [reason] = passwordWeaknesses(password);
    if (reason === undefined) return;
    const { short } = recoverMessages.choose;
    const { weak } = recoverMessages.failures;
    context.addIssue({ code: 'custom', message: reason === 'length' ? short : weak });
  }),
  repeat: z.string(),
});
const sameTwice = ({ password, repeat }: z.output<typeof newPassword>) => password === repeat;
const notTheSame = () => ({ message: recoverMessages.choose.different, path: ['repeat'] });

export const newPasswordInput = newPassword.refine(sameTwice, notTheSame());
export type NewPasswordInput = z.infer<typeof newPasswordInput>;

/** A new password with the present one, in the settings. */
export const changePasswordInput = newPassword
  .extend({ current: z.string().min(1, 'Informe sua senha atual.').max(256) })
  .refine(sameTwice, notTheSame());
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** A form's empty field means that nothing was said. */
const optional = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value));

/** The short card that a doctor fills in while the patient is on the telephone. */
export const newPatientForm = z
  .object({
    name: z.string().trim().min(2, 'Informe o nome do paciente.').max(200),
    cpf: optional.refine((value) => value === undefined || isCpf(value), {
      message: 'Este CPF não é válido. Confira os números.',
    }),
    birth_date: optional.pipe(z.iso.date('Informe a data completa.').optional()),
    phone: optional.pipe(z.string().max(30).optional()),
  })
  .transform((form) => createPatient.parse(form));
export type NewPatientForm = z.input<typeof newPatientForm>;

/** Clock time of São Paulo from a datetime-local field. Brazil has had no daylight saving since 2019 (Decreto 9.772). */
export function instantOfSaoPaulo(local: string): string {
  return new Date(`${local}:00-03:00`).toISOString();
}

/** Only a path of this site may be returned to after signing in. */
export function safeReturnPath(value: string | null | undefined, otherwise = '/dashboard'): string {
  if (!value?.startsWith('/') || /^\/[/\\]/.test(value) || /[\\\p{Cc}]/u.test(value))
    return otherwise;
  return value.startsWith('/login') ? otherwise : value;
}
