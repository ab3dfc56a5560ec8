import type { Metadata } from 'next';
import { DuplicatesScreen } from '#components/patients/duplicates-screen.tsx';
import { patientListsMessages } from '#messages/patient-lists.ts';

export const metadata: Metadata = { title: patientListsMessages.duplicates.title };

export default function DuplicatesPage() {
  return <DuplicatesScreen />;
}
