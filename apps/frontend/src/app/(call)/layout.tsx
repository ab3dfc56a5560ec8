import type { ReactNode } from 'react';
import { stripInvitationScript } from '#lib/call/invitation-memory.ts';

export default function CallLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {/* Before the page's own code asks for anything: see invitation-memory.ts. */}
      <script
        // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it must run at once.
        dangerouslySetInnerHTML={{ __html: stripInvitationScript }}
      />
      {children}
    </>
  );
}
