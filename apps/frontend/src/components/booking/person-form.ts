import { isCpf } from '@medcall/utils/cpf';
import { parsePhone } from '@medcall/utils/phone';
import { z } from 'zod';
import { calendarDay } from '#lib/utils.ts';
import { bookingMessages } from '#messages/booking.ts';

const text = bookingMessages.you;

/** Who books. The service asks the same again. */
export const personForm = z.object({
  name: z
    .string()
    .trim()
    .max(200)
    .regex(/\S{2,}\s+\S+/, text.missingName),
  cpf: z.string().trim().refine(isCpf, text.missingCpf),
  birth_date: z.iso
    .date(text.missingBirth)
    .refine((day) => day <= calendarDay(new Date()), text.futureBirth),
  email: z.email(text.missingEmail).max(200),
  phone: z
    .string()
    .trim()
    .refine((phone) => phone === '' || parsePhone(phone) !== null, text.missingPhone),
});
