import type { Metadata } from 'next';
import { GoogleReturn } from '#components/settings/google-return.tsx';
import { settingsMessages } from '#messages/settings.ts';

export const metadata: Metadata = {
  title: settingsMessages.calendar.googleTitle,
  referrer: 'no-referrer',
};

/** Where the browser comes back from Google's page, with what was said there in the fragment. */
export default function GoogleReturnPage() {
  return <GoogleReturn />;
}
