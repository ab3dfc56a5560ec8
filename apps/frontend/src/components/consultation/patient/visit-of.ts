import type { RoomConsultation } from '@medcall/shared-types';
import { formatDate, formatTime, shortName } from '#lib/utils.ts';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.intro;

/** With whom, where and when: the words above the first step. */
export function visitOf({ doctorName, clinicName, scheduled_at: at }: RoomConsultation) {
  return {
    doctor: shortName(doctorName),
    title: text.title(doctorName),
    lead: text.at(clinicName, at ? `${formatDate(at)}, ${formatTime(at)}` : null),
  };
}
