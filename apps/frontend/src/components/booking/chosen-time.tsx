import type { BookingPage } from '@medcall/shared-types';
import { formatLongDate } from '#lib/utils.ts';
import { bookingMessages as text } from '#messages/booking.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import type { BookingDraft } from './draft.ts';

/** What has been chosen, in sight while the rest is typed. */
export function ChosenTime({ page, draft }: { page: BookingPage; draft: BookingDraft }) {
  const doctor = page.doctors.find(({ id }) => id === draft.doctorId);
  if (!doctor || !draft.slot) return null;
  const { day, clock } = draft.slot;
  return (
    <div className="mb-5 rounded-md bg-accent-wash px-4 py-3">
      <p className="font-semibold first-letter:uppercase">
        {text.summary(formatLongDate(`${day}T12:00:00Z`), clock)}
      </p>
      <p className="text-sm text-ink-soft">
        {doctor.nome} · {dashboardMessages.type[draft.type]}
      </p>
    </div>
  );
}
