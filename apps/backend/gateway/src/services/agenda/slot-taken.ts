import { AppError } from '@medcall/service-kit';
import type { BookingRefusal } from '@medcall/shared-types';

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

const sentences: Record<BookingRefusal, string> = {
  slot_taken: 'O médico já tem uma consulta neste horário.',
  not_offered: 'Este horário não está mais disponível. Escolha outro.',
  too_many_open: 'Já há consultas marcadas em seu nome. Cancele uma delas ou fale com a clínica.',
};

export function refusedBooking(reason: BookingRefusal, cause?: Error): AppError {
  return new AppError('conflict', {
    message: sentences[reason],
    details: { reason },
    ...(cause ? { cause } : {}),
  });
}
