'use client';
import { useCallback } from 'react';
import { useConfig } from '#components/shared/config-provider.tsx';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { postForFile, saveFile } from '#lib/api/download.ts';
import { bookingMessages } from '#messages/booking.ts';
import { useBookingCalls } from './use-booking-calls.ts';

/** Saves the reservation as a calendar file. */
export function useCalendarFile(slug: string): (token: string) => Promise<void> {
  const { gatewayUrl } = useConfig();
  const { calendarPath } = useBookingCalls(slug);
  const toast = useToast();
  return useCallback(
    async (token) => {
      try {
        saveFile(await postForFile(`${gatewayUrl}${calendarPath}`, { token }), 'consulta.ics');
      } catch (error) {
        toast({
          title: bookingMessages.done.calendarFailed,
          description: errorSentence(error),
          tone: 'danger',
        });
      }
    },
    [gatewayUrl, calendarPath, toast],
  );
}
