import type { Metadata } from 'next';
import { RecordScreen } from '#components/consultation/record-screen.tsx';

export const metadata: Metadata = { title: 'Consulta presencial' };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  return <RecordScreen id={id} presencial />;
}
