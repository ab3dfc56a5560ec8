import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { HomeLink } from '#components/shared/home-link.tsx';
import { PublicHeader } from '#components/shared/public-header.tsx';
import { Toasts } from '#components/shared/toasts.tsx';
import { readCookieSession } from '#lib/auth/cookie-session.ts';
import { verificationNeed } from '#lib/auth/verification-need.ts';
import { safeReturnPath } from '#lib/validations.ts';
import { secondFactorMessages as text } from '#messages/second-factor.ts';
import { RenewalScreen } from './renewal-screen.tsx';
import { EnrolmentScreen, SecondStepScreen, UnreachableScreen } from './screens.tsx';

export const metadata: Metadata = { title: text.name };
export const dynamic = 'force-dynamic';

interface Props {
  searchParams: Promise<{ de?: string | string[] }>;
}

/** The second step of a log-in, or the enrolment that the clinic asks for. */
export default async function VerificationPage({ searchParams }: Props) {
  const { de } = await searchParams;
  const from = safeReturnPath(typeof de === 'string' ? de : null);
  const session = await readCookieSession();
  if (!session?.tokens) redirect(`/login?de=${encodeURIComponent(from)}`);
  const need = await verificationNeed();
  if (need === 'none') redirect(from);
  if (need === 'expired') redirect(`/login?de=${encodeURIComponent(from)}&motivo=expirada`);
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-5 py-10">
      <div className="mb-10">
        <PublicHeader mark={<HomeLink />} />
      </div>
      {need === 'code' ? <SecondStepScreen returnTo={from} /> : null}
      {need === 'enrolment' ? <EnrolmentScreen returnTo={from} /> : null}
      {need === 'renewal' ? <RenewalScreen returnTo={from} /> : null}
      {need === 'unreachable' ? <UnreachableScreen /> : null}
      <Toasts />
    </main>
  );
}
