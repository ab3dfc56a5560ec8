import type { ReactNode } from 'react';
import { SignedInFrame } from '#components/shared/signed-in-frame.tsx';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <SignedInFrame from="/dashboard" wide atWork>
      {children}
    </SignedInFrame>
  );
}
