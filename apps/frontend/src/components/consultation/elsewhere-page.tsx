'use client';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.elsewhere;

/** A newer tab has the consultation; this one takes it back when it is loaded again. */
export function ElsewherePage() {
  return (
    <NoticePage
      title={text.title}
      action={<Button onClick={() => window.location.reload()}>{text.here}</Button>}
    >
      <p>{text.text}</p>
    </NoticePage>
  );
}
