import type { Metadata } from 'next';
import { AdminScreen } from '#components/admin/admin-screen.tsx';
import { readAdminTab } from '#components/admin/admin-tabs.ts';

export const metadata: Metadata = { title: 'Clínica' };

interface Props {
  searchParams: Promise<{ aba?: string | string[] }>;
}

export default async function AdminPage({ searchParams }: Props) {
  return <AdminScreen tab={readAdminTab((await searchParams).aba)} />;
}
