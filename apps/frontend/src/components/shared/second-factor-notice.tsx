'use client';
import Link from 'next/link';
import useSWR from 'swr';
import { Alert } from '#components/ui/alert.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { useGateway } from './use-gateway.ts';

const text = secondFactorMessages.notice;
/** The administration may begin to ask while a page stands open. */
const refreshMs = 10 * 60_000;

/** Says beforehand when an open session will need the second factor that the clinic asks for. */
export function SecondFactorNotice() {
  const gateway = useGateway();
  const { data: me } = useSWR('me', () => gateway.me(), {
    revalidateOnFocus: false,
    refreshInterval: refreshMs,
  });
  const from = me?.secondFactorFrom;
  if (from === null || from === undefined) return null;
  return (
    <Alert
      tone="warning"
      className="rounded-none print:hidden"
      data-testid="second-factor-notice"
      action={
        <Link href="/configuracoes" className="font-semibold underline">
          {text.action}
        </Link>
      }
    >
      {text.from(formatDate(from), formatTime(from))}
    </Alert>
  );
}
