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

/**
 * Says beforehand when an open session will need the second factor that the clinic asks for.
 *
 * @param atWork a consultation may be running on this page: to leave it, or to set the factor up on another
 *   device, which ends the other sessions, would break it off
 */
export function SecondFactorNotice({ atWork = false }: { atWork?: boolean }) {
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
        atWork ? null : (
          <Link href="/configuracoes" className="font-semibold underline">
            {text.action}
          </Link>
        )
      }
    >
      {Date.parse(from) > Date.now() ? text.from(formatDate(from), formatTime(from)) : text.now}{' '}
      {atWork ? text.afterwards : text.untouched}
    </Alert>
  );
}
