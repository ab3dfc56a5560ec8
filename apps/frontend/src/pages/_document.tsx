import NextDocument, {
  type DocumentContext,
  type DocumentProps,
  Head,
  Html,
  Main,
  NextScript,
} from 'next/document';
import { stripInvitationScript } from '#lib/call/invitation-memory.ts';
import { serverEnv } from '#lib/env.ts';
import { themeClass, themeOfCookies } from '#lib/theme.ts';

type Props = Omit<DocumentProps, 'nonce'> & {
  /** Of this answer's content security policy. */
  nonce: string | null;
  theme: string;
};

/** The same frame around a page as app/layout.tsx draws. */
export default function Document({ nonce, theme }: Props) {
  const signed = nonce === null ? {} : { nonce };
  return (
    <Html lang="pt-BR" className={theme}>
      <Head {...signed}>
        {/* Before the page's own code asks for anything: see invitation-memory.ts. */}
        <script
          {...signed}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it must run at once.
          dangerouslySetInnerHTML={{ __html: stripInvitationScript }}
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f6f3" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131211" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any" />
        <link rel="manifest" href="/manifest.webmanifest" />
      </Head>
      <body className="flex min-h-dvh flex-col antialiased">
        <Main />
        <NextScript {...signed} />
      </body>
    </Html>
  );
}

Document.getInitialProps = async (context: DocumentContext) => {
  const headers = context.req?.headers;
  const nonce = headers?.['x-nonce'];
  return {
    ...(await NextDocument.getInitialProps(context)),
    nonce: typeof nonce === 'string' ? nonce : null,
    theme: themeClass(
      themeOfCookies(headers?.cookie, serverEnv().frontendUrl.startsWith('https://')),
    ),
  };
};
