import { AppError, noRedirects } from '@medcall/service-kit';
import { type AuthError, createClient, isAuthRetryableFetchError } from '@supabase/supabase-js';
import type { AdminUsers } from './admin-users.ts';
import { AuthApiError } from './auth-api-error.ts';

/** Makes accounts at whichever identity the installation has. */
export interface Accounts {
  /**
   * Makes an account and mails the link that sets its password; again for one who has not answered.
   * @returns the account's id
   * @throws AppError conflict when the address has an account, unavailable when the identity is away
   */
  invite(email: string, name: string): Promise<string>;
}

const invitationPath = '/recuperar-senha';
const deadlineMs = 8_000;

export function embeddedAccounts(admin: AdminUsers): Accounts {
  return {
    async invite(email, name) {
      try {
        return String((await admin.invite(email, { name }, invitationPath)).id);
      } catch (cause) {
        if (cause instanceof AuthApiError && cause.code === 'email_exists') throw taken(cause);
        throw cause;
      }
    },
  };
}

/** @param serviceRoleKey null: nobody can be invited until the installation has the key */
export function supabaseAccounts(options: {
  url: string;
  serviceRoleKey: string | null;
  frontendUrl: string;
}): Accounts {
  const { frontendUrl, serviceRoleKey, url } = options;
  return {
    async invite(email, name) {
      if (serviceRoleKey === null) {
        throw new AppError('unavailable', {
          message: 'Falta configurar a chave de serviço do Supabase para convidar pessoas.',
          retryable: false,
        });
      }
      const client = createClient(url, serviceRoleKey, {
        auth: { persistSession: false, autoRefreshToken: false },
        global: {
          fetch: (input, init) =>
            fetch(input, { ...init, ...noRedirects, signal: AbortSignal.timeout(deadlineMs) }),
        },
      });
      const { data, error } = await client.auth.admin.inviteUserByEmail(email, {
        data: { name },
        redirectTo: frontendUrl + invitationPath,
      });
      if (error) throw failureOf(error);
      return data.user.id;
    },
  };
}

function failureOf(error: AuthError): AppError {
  if (error.code === 'email_exists' || error.code === 'user_already_exists') return taken(error);
  if (error.status === 429) return new AppError('rate_limited', { cause: error });
  const away = isAuthRetryableFetchError(error) || (error.status ?? 500) >= 500;
  return new AppError(away ? 'unavailable' : 'internal', { cause: error });
}

function taken(cause: unknown): AppError {
  return new AppError('conflict', {
    message: 'Este e-mail já tem uma conta. Use outro endereço.',
    details: [{ path: 'email', message: 'já tem uma conta' }],
    cause,
  });
}
