import type { Metadata } from 'next';
import { PatientChart } from '#components/patients/patient-chart.tsx';

export const metadata: Metadata = { title: 'Prontuário' };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  return <PatientChart id={id} />;
}
