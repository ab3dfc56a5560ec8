import type { ReactNode } from 'react';
import { requireSession } from '#lib/auth/cookie-session.ts';
import { cn } from '#lib/utils.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { AppNav } from './app-nav.tsx';
import { SecondFactorNotice } from './second-factor-notice.tsx';
import { SessionWatch } from './session-watch.tsx';
import { Toasts } from './toasts.tsx';

/** Around every page of the clinic: the second door, the navigation, the content. */
export async function SignedInFrame({
  from,
  wide = false,
  atWork = false,
  children,
}: {
  from: string;
  /** For pages of several columns. */
  wide?: boolean;
  /** For pages on which a consultation may be running. */
  atWork?: boolean;
  children: ReactNode;
}) {
  const session = await requireSession(from);
  return (
    <>
      <a
        href="#conteudo"
        className="sr-only z-50 rounded-md bg-paper px-4 py-2 font-semibold focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {text.skipToContent}
      </a>
      <AppNav name={session.name ?? ''} wide={wide} />
      <SessionWatch />
      <SecondFactorNotice atWork={atWork} />
      <main
        id="conteudo"
        tabIndex={-1}
        className={cn('mx-auto w-full flex-1 px-4 py-6', wide ? 'max-w-[100rem]' : 'max-w-6xl')}
      >
        {children}
      </main>
      <Toasts />
    </>
  );
}
