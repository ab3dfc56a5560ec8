'use client';
import { Button } from '#components/ui/button.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { NoticePage } from './notice-page.tsx';

/**
 * Instead of a page that broke. Loads it anew: a piece of code that did not come once is not asked for again by
 * drawing the same page another time.
 */
export function BrokenPage() {
  return (
    <NoticePage
      title={text.errorTitle}
      action={<Button onClick={() => window.location.reload()}>{text.retry}</Button>}
    >
      <p>{text.errorText}</p>
    </NoticePage>
  );
}
