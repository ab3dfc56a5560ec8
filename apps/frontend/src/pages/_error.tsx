import type { NextPageContext } from 'next';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { sharedMessages as text } from '#messages/shared.ts';

/** What is left when a page of this kind breaks: the words of app/error.tsx. */
export default function ErrorPage() {
  return (
    <NoticePage
      title={text.errorTitle}
      action={<Button onClick={() => window.location.reload()}>{text.retry}</Button>}
    >
      <p>{text.errorText}</p>
    </NoticePage>
  );
}

ErrorPage.getInitialProps = ({ res, err }: NextPageContext) => ({
  statusCode: res?.statusCode ?? err?.statusCode ?? 500,
});
