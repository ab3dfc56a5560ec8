'use client';
import type { Consultation } from '@medcall/shared-types';
import Link from 'next/link';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { invitationMailto } from '#lib/email-service.ts';
import { calendarEventLink } from '#lib/google-calendar-service.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const text = dashboardMessages.create;

/** The link for the patient, and the ways to pass it on. */
export function CreatedConsultation({
  consultation,
  onDone,
}: {
  consultation: Consultation;
  onDone: () => void;
}) {
  const gateway = useGateway();
  const toast = useToast();
  const online = consultation.type === 'ONLINE';
  // One invitation for this consultation: not made again when the window gets the focus back.
  const { data, error } = useSWR(
    online ? ['invite', consultation.id] : null,
    async () => {
      const [invitation, me] = await Promise.all([gateway.invite(consultation.id), gateway.me()]);
      return { url: invitation.url, clinicName: me.clinic.nome };
    },
    { revalidateOnFocus: false, revalidateOnReconnect: false, revalidateIfStale: false },
  );
  const eventLink = calendarEventLink(consultation, window.location.origin);

  async function copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      toast({ title: dashboardMessages.copied, tone: 'ok' });
    } catch {
      toast({ title: dashboardMessages.copyFailed, tone: 'danger' });
    }
  }

  return (
    <div className="flex flex-col gap-4">
      {error ? <Alert tone="warning">{text.linkFailed}</Alert> : null}
      {online && !error ? (
        <Field label={text.link}>
          <Input
            readOnly
            data-testid="invitation-link"
            value={data?.url ?? ''}
            onFocus={(event) => event.target.select()}
          />
        </Field>
      ) : null}
      {data ? (
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => void copy(data.url)}>{text.copy}</Button>
          <Button asChild variant="secondary">
            <a href={invitationMailto(null, data.url, data.clinicName)}>{text.byMail}</a>
          </Button>
        </div>
      ) : null}
      {eventLink ? (
        <a
          href={eventLink}
          target="_blank"
          rel="noreferrer noopener"
          className="self-start text-accent underline underline-offset-4"
        >
          {text.toCalendar}
        </a>
      ) : null}
      <div className="flex flex-col-reverse gap-3 border-t border-line pt-4 sm:flex-row sm:justify-end">
        <Button variant="quiet" onClick={onDone}>
          {text.done}
        </Button>
        <Button asChild variant="secondary">
          <Link
            href={
              online ? `/call/${consultation.roomId}` : `/consulta-presencial/${consultation.id}`
            }
          >
            {text.attendNow}
          </Link>
        </Button>
      </div>
    </div>
  );
}
