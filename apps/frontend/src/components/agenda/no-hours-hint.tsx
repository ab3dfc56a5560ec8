import Link from 'next/link';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { scheduleHref } from './schedule-href.ts';

/** A doctor without hours cannot be booked by patients. */
export function NoHoursHint({ doctorId }: { doctorId: string | null }) {
  return (
    <Alert
      tone="accent"
      className="mb-4"
      action={
        <Button asChild size="sm" variant="secondary">
          <Link href={scheduleHref(doctorId)}>{text.noHoursAction}</Link>
        </Button>
      }
    >
      {text.noHours}
    </Alert>
  );
}
