'use client';
import { useCallback } from 'react';
import { useToast } from '#components/ui/toast.ts';
import { RoomError } from '#lib/call/room-link.ts';
import { callMessages } from '#messages/call.ts';
import { sharedMessages } from '#messages/shared.ts';

/** Says that something the doctor asked of the room was not done, in the room's own words where it gave any. */
export function useActionFailed(): (error: unknown) => void {
  const toast = useToast();
  return useCallback(
    (error) =>
      toast({
        title: callMessages.actionFailed,
        description:
          error instanceof RoomError && error.message ? error.message : sharedMessages.errorText,
        tone: 'danger',
      }),
    [toast],
  );
}
