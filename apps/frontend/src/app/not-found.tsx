import Link from 'next/link';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { sharedMessages as text } from '#messages/shared.ts';

export default function NotFound() {
  return (
    <NoticePage
      title={text.notFoundTitle}
      action={
        <Button asChild>
          <Link href="/">{text.goHome}</Link>
        </Button>
      }
    >
      <p>{text.notFoundText}</p>
    </NoticePage>
  );
}
