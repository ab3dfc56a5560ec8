'use client';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { sharedMessages as text } from '#messages/shared.ts';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <NoticePage title={text.errorTitle} action={<Button onClick={reset}>{text.retry}</Button>}>
      <p>{text.errorText}</p>
    </NoticePage>
  );
}
