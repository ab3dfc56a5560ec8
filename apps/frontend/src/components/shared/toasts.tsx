'use client';
import { ToastShelf } from '#components/ui/toast-shelf.ts';
import { sharedMessages } from '#messages/shared.ts';

/** Where this page's short messages appear. */
export function Toasts() {
  return <ToastShelf label={sharedMessages.notifications} />;
}
