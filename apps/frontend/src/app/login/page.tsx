import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { HomeLink } from '#components/shared/home-link.tsx';
import { PublicHeader } from '#components/shared/public-header.tsx';
import { readCookieSession } from '#lib/auth/cookie-session.ts';
import { serverEnv } from '#lib/env.ts';
import { secondStepPath } from '#lib/protected-paths.ts';
import { safeReturnPath } from '#lib/validations.ts';
import { LoginForm } from './login-form.tsx';

export const metadata: Metadata = { title: 'Entrar' };

interface Props {
  searchParams: Promise<{ de?: string | string[]; motivo?: string | string[] }>;
}

export default async function LoginPage({ searchParams }: Props) {
  const { de, motivo } = await searchParams;
  const from = typeof de === 'string' ? de : null;
  const expired = motivo === 'expirada';
  const session = await readCookieSession();
  if (session?.tokens && !expired) {
    const back = safeReturnPath(from);
    redirect(session.tokens.secondStep ? secondStepPath(back) : back);
  }
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-5 py-10">
      <div className="mb-10">
        <PublicHeader mark={<HomeLink />} />
      </div>
      <LoginForm
        returnTo={safeReturnPath(from)}
        notice={expired ? 'expired' : from ? 'required' : null}
        demo={serverEnv().demo}
      />
    </main>
  );
}
