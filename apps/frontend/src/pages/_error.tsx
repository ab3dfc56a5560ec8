import type { NextPageContext } from 'next';
import Head from 'next/head';
import { BrokenPage } from '#components/shared/broken-page.tsx';
import { sharedMessages as text } from '#messages/shared.ts';

/** What is left when a page of this kind breaks on the server. */
export default function ErrorPage() {
  return (
    <>
      <Head>
        <title>{text.errorTitle}</title>
      </Head>
      <BrokenPage />
    </>
  );
}

ErrorPage.getInitialProps = ({ res, err }: NextPageContext) => ({
  statusCode: res?.statusCode ?? err?.statusCode ?? 500,
});
