import type { Metadata } from 'next';
import { AdminScreen, type AdminTab } from './admin-screen.tsx';

export const metadata: Metadata = { title: 'Clínica' };

interface Props {
  searchParams: Promise<{ aba?: string | string[] }>;
}

export default async function AdminPage({ searchParams }: Props) {
  const { aba } = await searchParams;
  const tab: AdminTab = aba === 'pessoa' ? 'pessoa' : 'clinica';
  return <AdminScreen tab={tab} />;
}
