import Link from 'next/link';
import { ThemeButton } from '#components/shared/theme-button.tsx';
import { Wordmark } from '#components/shared/wordmark.tsx';
import { Button } from '#components/ui/button.ts';
import { readCookieSession } from '#lib/auth/cookie-session.ts';
import { landingMessages as text } from '#messages/landing.ts';

export default async function LandingPage() {
  const signedIn = (await readCookieSession())?.tokens !== undefined;
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-1 flex-col px-5">
      <header className="flex items-center justify-between py-5">
        <Wordmark />
        <div className="flex items-center gap-2">
          <ThemeButton />
          <Button asChild variant="secondary">
            <Link href={signedIn ? '/dashboard' : '/login'}>
              {signedIn ? text.open : text.signIn}
            </Link>
          </Button>
        </div>
      </header>
      <main className="flex-1 pb-16">
        <h1 className="max-w-3xl pt-10 text-4xl leading-tight font-bold sm:pt-16 sm:text-5xl">
          {text.title}
        </h1>
        <p className="mt-5 max-w-2xl text-lg text-ink-soft">{text.lead}</p>
        <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
          <Button asChild size="lg">
            <Link href={signedIn ? '/dashboard' : '/login'}>
              {signedIn ? text.open : text.signIn}
            </Link>
          </Button>
          <p className="max-w-sm text-ink-soft">{text.patient}</p>
        </div>
        <ul className="mt-14 grid gap-x-10 gap-y-8 border-t border-line pt-10 sm:grid-cols-2">
          {text.points.map((point) => (
            <li key={point.title}>
              <h2 className="text-lg font-bold">{point.title}</h2>
              <p className="mt-1 text-ink-soft">{point.text}</p>
            </li>
          ))}
        </ul>
        <section className="mt-10 border-t border-line pt-8">
          <h2 className="text-lg font-bold">{text.limitsTitle}</h2>
          <p className="mt-1 max-w-2xl text-ink-soft">{text.limits}</p>
        </section>
      </main>
    </div>
  );
}
