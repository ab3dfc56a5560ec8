import { enqueue, type JobHandler, type JobKind } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import {
  type BookingDeps,
  bookingPerson,
  codeOf,
  manageUrl,
  personContext,
  reservationTokenOf,
} from '../services/booking/booking-deps.ts';
import { stored } from '../services/stored.ts';
import type { MessageDeps } from './message-deps.ts';
import { bookedMail, bookingCodeMail } from './texts/booking-texts.ts';
import type { MailText } from './texts/mail-layout.ts';

type Deps = Pick<MessageDeps, 'db' | 'clock' | 'logger' | 'mailer' | 'backOff'> & {
  booking: BookingDeps;
};
type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

/** The job `booking.code`: the code for who asked, while it is of use. */
export function mailBookingCode(deps: Deps): JobHandler {
  return mailing(deps, 'booking.code', (row) => {
    const isOfUse = row.consultation_id === null && row.expires_at.getTime() > deps.clock.now();
    return isOfUse && row.mailed_at === null
      ? bookingCodeMail(row.clinic_name, codeOf(deps.booking.keyed, row.id))
      : null;
  });
}

/** The job `booking.confirmed`: the booking and its link; then the typed person is forgotten. */
export function mailBooking(deps: Deps): JobHandler {
  return mailing(deps, 'booking.confirmed', (row) =>
    row.consultation_id === null
      ? null
      : bookedMail({
          clinicName: row.clinic_name,
          clinicAddress: row.endereco,
          doctorName: row.doctor_name,
          startsAt: row.starts_at,
          timezone: row.timezone,
          online: row.type === 'ONLINE',
          url: manageUrl(
            deps.booking.frontendUrl,
            row.slug,
            reservationTokenOf(deps.booking.keyed, row.id),
          ),
        }),
  );
}

function mailing(deps: Deps, kind: JobKind, compose: (row: Found) => MailText | null): JobHandler {
  return async ({ signal, subjectId }) => {
    const row = await find(deps, subjectId);
    if (!row?.person_sealed) return;
    const mail = compose(row);
    if (!mail) return;
    const person = deps.booking.seal.open(row.person_sealed, personContext(row.id));
    const { email } = stored(bookingPerson, JSON.parse(person));
    const outcome = await deps.mailer.send(
      { idempotencyKey: `${kind}/${row.id}`, to: email, ...mail },
      signal,
    );
    if (outcome.kind === 'sent' || outcome.kind === 'refused') {
      if (outcome.kind === 'refused') {
        deps.logger.warn({ requestId: row.id, code: outcome.vendorCode }, `${kind} was refused`);
      }
      await settle(deps, row.id, kind);
      return;
    }
    // The key makes a repetition safe for as long as the vendor remembers it, which is longer than this.
    const asked = outcome.kind === 'later' ? outcome.retryAfterMs : 0;
    const pause = pauseAfter(1, deps.backOff, asked) ?? deps.backOff.firstMs;
    await deps.db.asSystem('booking: mail later', (trx) =>
      enqueue(trx, kind, row.id, new Date(deps.clock.now() + pause)),
    );
  };
}

function find({ db }: Deps, id: string) {
  return db.asSystem('booking: a mail to a visitor', (trx) =>
    trx
      .selectFrom('booking_requests as b')
      .innerJoin('medicos as d', 'd.id', 'b.doctor_id')
      .innerJoin('clinicas as k', 'k.id', 'b.clinica_id')
      .select(['b.id', 'b.consultation_id', 'b.expires_at', 'b.mailed_at', 'b.person_sealed'])
      .select(['b.starts_at', 'b.type', 'd.nome as doctor_name', 'k.nome as clinic_name'])
      .select(['k.endereco', 'k.slug', 'k.timezone'])
      .where('b.id', '=', id)
      .executeTakeFirst(),
  );
}

async function settle({ clock, db }: Deps, id: string, kind: JobKind): Promise<void> {
  const set =
    kind === 'booking.code' ? { mailed_at: new Date(clock.now()) } : { person_sealed: null };
  await db.asSystem('booking: a mail is out', (trx) =>
    trx.updateTable('booking_requests').set(set).where('id', '=', id).execute(),
  );
}
