import { AppError } from '@medcall/service-kit';
import { type BookingRefusal, bookingRefusalMessages } from '@medcall/shared-types';

/** One doctor, one slot: the database's exclusion constraint decides, here it gets its sentence. */
export async function freeSlot<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23P01') {
      throw refusedBooking('slot_taken', error);
    }
    throw error;
  }
}

export function refusedBooking(reason: BookingRefusal, cause?: Error): AppError {
  return new AppError('conflict', {
    message: bookingRefusalMessages[reason],
    details: { reason },
    ...(cause ? { cause } : {}),
  });
}
