import type { Metadata } from 'next';
import { ImportScreen } from '#components/patients/import-screen.tsx';
import { patientListsMessages } from '#messages/patient-lists.ts';

export const metadata: Metadata = { title: patientListsMessages.import.title };

export default function ImportPage() {
  return <ImportScreen />;
}
