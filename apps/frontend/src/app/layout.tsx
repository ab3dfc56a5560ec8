import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { DemoBanner } from '#components/shared/demo-banner.tsx';
import { OfflineBanner } from '#components/shared/offline-banner.tsx';
import { OfflinePage } from '#components/shared/offline-page.tsx';
import { Providers } from '#components/shared/providers.tsx';
import { stripInvitationScript } from '#lib/call/invitation-memory.ts';
import { serverEnv } from '#lib/env.ts';
import { readTheme, themeClass, themeCookie } from '#lib/theme.ts';
import { sharedMessages } from '#messages/shared.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'MedCall AI', template: '%s · MedCall AI' },
  description: sharedMessages.productLine,
  appleWebApp: { capable: true, title: 'MedCall' },
  referrer: 'no-referrer',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f3' },
    { media: '(prefers-color-scheme: dark)', color: '#131211' },
  ],
};

// The configuration is that of the running server, not of the build.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const { frontendUrl, production, public: config } = serverEnv();
  const cookie = (await cookies()).get(themeCookie(frontendUrl.startsWith('https://')));
  const theme = readTheme(cookie?.value);
  return (
    <html lang="pt-BR" className={themeClass(theme)} suppressHydrationWarning>
      <head>
        {/* Before the page's own code asks for anything: see invitation-memory.ts. */}
        <script
          // The browser hides a nonce from the page, so the two never look the same.
          suppressHydrationWarning
          nonce={nonce}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it must run at once.
          dangerouslySetInnerHTML={{ __html: stripInvitationScript }}
        />
      </head>
      <body className="flex min-h-dvh flex-col antialiased">
        {config.demo ? <DemoBanner /> : null}
        <OfflineBanner />
        <Providers config={config}>{children}</Providers>
        {production ? <OfflinePage /> : null}
      </body>
    </html>
  );
}
