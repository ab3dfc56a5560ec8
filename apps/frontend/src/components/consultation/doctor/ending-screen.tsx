'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { Spinner } from '#components/ui/spinner.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.ending;
/** The record shows late utterances by itself: nobody has to wait longer here. */
const longestWaitSeconds = 8;

/** Shows the drain, then opens the record. */
export function EndingScreen({
  consultationId,
  pendingSeconds,
}: {
  consultationId: string;
  pendingSeconds: number;
}) {
  const router = useRouter();
  const [left, setLeft] = useState(() => Math.min(longestWaitSeconds, Math.ceil(pendingSeconds)));
  useEffect(() => {
    if (left <= 0) {
      router.replace(`/consulta/${consultationId}`);
      return;
    }
    const timer = setTimeout(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, consultationId, router]);
  return (
    <NoticePage title={text.title}>
      <p className="flex items-center gap-3" role="status" data-testid="drain">
        <Spinner />
        {left > 0 ? text.drain(left) : text.opening}
      </p>
      <Button asChild variant="secondary" className="mt-4">
        <Link href={`/consulta/${consultationId}`} replace>
          {text.openNow}
        </Link>
      </Button>
    </NoticePage>
  );
}
