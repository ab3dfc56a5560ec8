import type { Metadata } from 'next';
import { RecordScreen } from '#components/consultation/record/record-screen.tsx';

export const metadata: Metadata = { title: 'Registro da consulta' };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  return <RecordScreen id={id} />;
}
