import { NoticePage } from '#components/shared/notice-page.tsx';
import { patientMessages } from '#messages/patient.ts';
import { ClinicPhone } from './clinic-phone.tsx';

const text = patientMessages.after;

/** What is left when the consultation is over. */
export function AfterScreen({ clinicPhone }: { clinicPhone: string | null }) {
  return (
    <NoticePage title={text.title}>
      <p>{text.text}</p>
      <p>{text.rights}</p>
      <ClinicPhone phone={clinicPhone} />
      <p className="font-semibold text-ink">{text.close}</p>
    </NoticePage>
  );
}
