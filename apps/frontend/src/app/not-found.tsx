import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { sharedMessages as text } from '#messages/shared.ts';

export default function NotFound() {
  return (
    <NoticePage
      title={text.notFoundTitle}
      action={
        <Button asChild>
          {/* This page is part of every other: what turns links into soft ones would be, too. */}
          <a href="/">{text.goHome}</a>
        </Button>
      }
    >
      <p>{text.notFoundText}</p>
    </NoticePage>
  );
}
