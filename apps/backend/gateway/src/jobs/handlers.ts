import type { JobHandlers } from '@medcall/service-kit';
import { endConnection } from '../calendar/end-connection.ts';
import { pushBooking } from '../calendar/push-booking.ts';
import { readCalendar } from '../calendar/read-calendar.ts';
import { watchCalendar } from '../calendar/watch-calendar.ts';
import type { Container } from '../container.ts';
import { mailAccountNotice } from '../messages/account-notice-mail.ts';
import { mailBooking, mailBookingCode } from '../messages/booking-mail.ts';
import { mailOneTimeToken } from '../messages/identity-mail.ts';
import { planReminders } from '../messages/reminders.ts';
import { sendNotification } from '../messages/send-notification.ts';
import { deliverWebhook } from '../webhooks/deliver-webhook.ts';
import { announce } from '../webhooks/webhook-events.ts';

/**
 * Which job is done by whom: the closed list of kinds is `JobKind`, a feature brings its handlers here.
 * A kind that nobody here does waits in its queue for a worker that does.
 */
export function jobHandlers(container: Container): JobHandlers {
  const { booking, delivery, messages, noteDrafting, outsideCalendar } = container;
  return {
    'notification.send': sendNotification(messages),
    'consultation.reminders': planReminders(messages),
    'consultation.created': announce('consultation.created', delivery),
    'consultation.started': announce('consultation.started', delivery),
    'consultation.completed': announce('consultation.completed', delivery),
    'consultation.cancelled': announce('consultation.cancelled', delivery),
    'note.draft': ({ subjectId }) => noteDrafting.draftEnded(subjectId),
    'note.signed': announce('note.signed', delivery),
    'webhook.deliver': deliverWebhook(delivery),
    'booking.code': mailBookingCode({ ...messages, booking }),
    'booking.confirmed': mailBooking({ ...messages, booking }),
    'calendar.push': pushBooking(outsideCalendar),
    'calendar.pull': readCalendar(outsideCalendar),
    'calendar.watch': watchCalendar(outsideCalendar),
    'doctor.invite': ({ subjectId }) => container.doctorInvitations.finish(subjectId),
    'member.removed': endConnection(outsideCalendar),
    'identity.email': mailOneTimeToken(messages),
    'identity.notice': mailAccountNotice(messages),
  };
}
