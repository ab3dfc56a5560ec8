import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Toasts } from '#components/shared/toasts.tsx';
import { serverEnv } from '#lib/env.ts';
import { StyleSheet } from './style-sheet.tsx';

export const metadata: Metadata = { title: 'Estilo' };

/** All parts in all states, for who builds a screen. Not there in production. */
export default function StylePage() {
  if (serverEnv().production) notFound();
  return (
    <>
      <StyleSheet />
      <Toasts />
    </>
  );
}
