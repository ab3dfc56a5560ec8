import { AppError, noRedirects } from '@medcall/service-kit';
import { type AuthError, createClient, isAuthRetryableFetchError } from '@supabase/supabase-js';
import type { AdminUsers } from './admin-users.ts';
import { AuthApiError } from './auth-api-error.ts';
import type { AdminFactors } from './factors/admin-factors.ts';

/** Makes accounts at whichever identity the installation has. */
export interface Accounts {
  /**
   * Makes an account and mails the link that sets its password; again for one who has not answered.
   * @returns the account's id
   * @throws AppError conflict when the address has an account, unavailable when the identity is away
   */
  invite(email: string, name: string): Promise<string>;
  /**
   * Takes every second factor of an account away; one without stays as it is.
   * @throws AppError unavailable when the identity is away or the installation may not administer it
   */
  resetSecondFactor(userId: string): Promise<void>;
}

const invitationPath = '/recuperar-senha';
const deadlineMs = 8_000;

export function embeddedAccounts(
  admin: Pick<AdminUsers, 'invite'>,
  factors: Pick<AdminFactors, 'reset'>,
): Accounts {
  return {
    resetSecondFactor: (userId) => factors.reset(userId),
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
  const administer = (purpose: string) => {
    if (serviceRoleKey === null) {
      throw new AppError('unavailable', {
        message: `Falta configurar a chave de serviço do Supabase para ${purpose}.`,
        retryable: false,
      });
    }
    return createClient(url, serviceRoleKey, {
      auth: { persistSession: false, autoRefreshToken: false },
      global: {
        fetch: (input, init) =>
          fetch(input, { ...init, ...noRedirects, signal: AbortSignal.timeout(deadlineMs) }),
      },
    }).auth.admin;
  };
  return {
    async resetSecondFactor(userId) {
      const { mfa } = administer('redefinir a verificação em duas etapas');
      const { data, error } = await mfa.listFactors({ userId });
      if (error) throw failureOf(error);
      for (const { id } of data.factors) {
        const { error: refused } = await mfa.deleteFactor({ id, userId });
        // Recovery codes may go with the factor that they stood in for.
        if (refused && refused.status !== 404) throw failureOf(refused);
      }
    },
    async invite(email, name) {
      const { data, error } = await administer('convidar pessoas').inviteUserByEmail(email, {
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
