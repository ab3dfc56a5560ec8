import type { ReactNode } from 'react';
import { SignedInFrame } from '#components/shared/signed-in-frame.tsx';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <SignedInFrame from="/agenda" wide>
      {children}
    </SignedInFrame>
  );
}
