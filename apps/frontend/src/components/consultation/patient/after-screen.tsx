import { NoticePage } from '#components/shared/notice-page.tsx';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.after;

/** What is left when the consultation is over. */
export function AfterScreen() {
  return (
    <NoticePage title={text.title}>
      <p>{text.text}</p>
      <p>{text.rights}</p>
      <p className="font-semibold text-ink">{text.close}</p>
    </NoticePage>
  );
}
