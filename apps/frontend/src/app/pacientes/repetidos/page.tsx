import type { Metadata } from 'next';
import { DuplicatesScreen } from '#components/patients/duplicates-screen.tsx';
import { patientListsMessages } from '#messages/patient-lists.ts';

export const metadata: Metadata = { title: patientListsMessages.duplicates.title };

interface Props {
  searchParams: Promise<{ ver?: string | string[] }>;
}

export default async function DuplicatesPage({ searchParams }: Props) {
  return <DuplicatesScreen dismissed={(await searchParams).ver === 'dispensados'} />;
}
