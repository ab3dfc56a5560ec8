'use client';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { settingsMessages } from '#messages/settings.ts';
import { FeedCard } from './feed-card.tsx';
import { GoogleCard } from './google-card.tsx';
import type { SettingsTabProps } from './tab-props.ts';

const text = settingsMessages.calendar;

/** The doctor's agenda in calendars of his own. */
export function CalendarTab({ calendarAnswer }: SettingsTabProps) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR('calendar', () => gateway.calendar(), {
    revalidateOnFocus: false,
  });
  return (
    <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
      {({ feed, google }) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <FeedCard active={feed.active} onChanged={() => void mutate()} />
          <GoogleCard google={google} answer={calendarAnswer} onChanged={() => void mutate()} />
        </div>
      )}
    </Remote>
  );
}
