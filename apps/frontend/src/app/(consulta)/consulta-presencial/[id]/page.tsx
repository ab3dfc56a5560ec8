import type { Metadata } from 'next';
import { InPersonEntry } from '#components/consultation/in-person/in-person-entry.tsx';

export const metadata: Metadata = { title: 'Consulta presencial' };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  return <InPersonEntry id={id} />;
}
