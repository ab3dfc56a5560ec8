import { sharedMessages } from '#messages/shared.ts';

/** On every page of an installation with invented data. */
export function DemoBanner() {
  return (
    <p
      data-testid="demo-banner"
      className="bg-warning-wash print:hidden px-4 py-1 text-center text-sm font-semibold text-warning"
    >
      {sharedMessages.demoBanner}
    </p>
  );
}
