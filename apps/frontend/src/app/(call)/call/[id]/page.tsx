import type { Metadata } from 'next';
import { CallEntry } from '#components/consultation/call-entry.tsx';
import { readCookieSession } from '#lib/auth/cookie-session.ts';

export const metadata: Metadata = { title: 'Consulta', robots: { index: false, follow: false } };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function CallPage({ params }: Props) {
  const { id } = await params;
  const signedIn = (await readCookieSession())?.tokens !== undefined;
  return <CallEntry roomId={id} signedIn={signedIn} />;
}
