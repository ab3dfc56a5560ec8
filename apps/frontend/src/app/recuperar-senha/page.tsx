import type { Metadata } from 'next';
import Link from 'next/link';
import { HomeLink } from '#components/shared/home-link.tsx';
import { PublicHeader } from '#components/shared/public-header.tsx';
import { recoverMessages as text } from '#messages/recover-password.ts';
import { RecoverScreen } from './recover-screen.tsx';

export const metadata: Metadata = { title: 'Recuperar a senha', referrer: 'no-referrer' };

export default function RecoverPasswordPage() {
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-5 py-10">
      <div className="mb-10">
        <PublicHeader mark={<HomeLink />} />
      </div>
      <RecoverScreen />
      <p className="mt-8">
        <Link href="/login" className="font-semibold text-accent underline underline-offset-4">
          {text.back}
        </Link>
      </p>
    </main>
  );
}
