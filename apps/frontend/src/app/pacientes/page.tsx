import type { Metadata } from 'next';
import { PatientsScreen } from '#components/patients/patients-screen.tsx';

export const metadata: Metadata = { title: 'Pacientes' };

interface Props {
  searchParams: Promise<{ busca?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const { busca } = await searchParams;
  return <PatientsScreen search={typeof busca === 'string' ? busca.slice(0, 100) : ''} />;
}
