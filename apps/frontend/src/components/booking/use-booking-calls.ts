'use client';
import { useMemo } from 'react';
import { useConfig } from '#components/shared/config-provider.tsx';
import { type BookingCalls, bookingCalls } from '#lib/api/calls/booking-calls.ts';
import { createHttp } from '#lib/api/http.ts';

/** The public booking of a clinic, without a token. */
export function useBookingCalls(slug: string): BookingCalls {
  const { gatewayUrl } = useConfig();
  return useMemo(
    () => bookingCalls(createHttp({ baseUrl: gatewayUrl, getToken: async () => null }), slug),
    [gatewayUrl, slug],
  );
}
