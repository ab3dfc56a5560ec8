'use client';
import { BrokenPage } from '#components/shared/broken-page.tsx';

export default function ErrorPage() {
  return <BrokenPage />;
}
