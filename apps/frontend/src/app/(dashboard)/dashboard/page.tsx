import type { Metadata } from 'next';
import { DashboardScreen } from '#components/dashboard/dashboard-screen.tsx';

export const metadata: Metadata = { title: 'Consultas' };

export default function DashboardPage() {
  return <DashboardScreen />;
}
