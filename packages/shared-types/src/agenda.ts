import { z } from 'zod';
import { calendarDate, instant, uuid } from './primitives.ts';

/** Wall clock, HH:MM; 24:00 is the end of a day. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'use HH:MM');

/** 0 is Sunday, by the calendar of the clinic's time zone. */
export const weekday = z.number().int().min(0).max(6);

export const dayHours = z
  .object({ weekday, start: clockTime, end: clockTime })
  .refine(({ start, end }) => start < end, {
    message: 'o fim vem depois do início',
    path: ['end'],
  });
export type DayHours = z.infer<typeof dayHours>;

/** When the clinic is open; an empty list sets no limit. */
export const openingHours = z
  .array(dayHours)
  .max(50)
  .refine((hours) => !overlap(hours), { message: 'os horários se sobrepõem' });
export type OpeningHours = z.infer<typeof openingHours>;

/** A row of a doctor's weekly hours. */
export const workingHours = dayHours.safeExtend({
  slot_minutes: z.number().int().min(5).max(240),
  valid_from: calendarDate.nullable().default(null),
  valid_until: calendarDate.nullable().default(null),
});
export type WorkingHours = z.infer<typeof workingHours>;

export const availabilityException = z.object({
  id: uuid,
  kind: z.enum(['blocked', 'extra']),
  starts_at: instant,
  ends_at: instant,
  reason: z.string().nullable(),
});
export type AvailabilityException = z.infer<typeof availabilityException>;

/** A doctor's agenda: weekly hours, and the exceptions that are not over. */
export const availability = z.object({
  doctor_id: uuid,
  /** IANA name of the clinic's zone: the wall clock of all hours here. */
  timezone: z.string(),
  version: z.number().int(),
  accepts_online_booking: z.boolean(),
  hours: z.array(workingHours),
  exceptions: z.array(availabilityException),
});
export type Availability = z.infer<typeof availability>;

/** A doctor may leave himself out. */
export const ofDoctorQuery = z.object({ doctor_id: uuid.optional() });

export const replaceAvailability = z.object({
  doctor_id: uuid.optional(),
  version: z.number().int(),
  hours: z
    .array(workingHours)
    .max(100)
    .refine((hours) => !overlap(hours), { message: 'os horários se sobrepõem' }),
  accepts_online_booking: z.boolean().optional(),
});
export type ReplaceAvailability = z.infer<typeof replaceAvailability>;

/** Wall clock of the clinic without an offset. */
export const localDateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/);

export const createException = z
  .object({
    doctor_id: uuid.optional(),
    kind: z.enum(['blocked', 'extra']),
    start: localDateTime.refine(isCalendarDate, 'data inválida'),
    end: localDateTime.refine(isCalendarDate, 'data inválida'),
    reason: z.string().trim().min(1).max(120).optional(),
  })
  .refine(({ start, end }) => start < end, {
    message: 'o fim vem depois do início',
    path: ['end'],
  });
export type CreateException = z.infer<typeof createException>;

/** A block cancels nothing: the bookings that lie in it are named, and a person decides. */
export const createdException = z.object({
  exception: availabilityException,
  conflicts: z.array(z.object({ consultation_id: uuid, scheduled_at: instant })),
});
export type CreatedException = z.infer<typeof createdException>;

export const slotsQuery = z.object({
  doctor_id: uuid.optional(),
  from: calendarDate,
  days: z.coerce.number().int().min(1).max(31).default(7),
  duration_minutes: z.coerce.number().int().min(5).max(240).optional(),
});
export type SlotsQuery = z.infer<typeof slotsQuery>;

export const freeSlot = z.object({ starts_at: instant, ends_at: instant, local: clockTime });
export type FreeSlot = z.infer<typeof freeSlot>;

/** Every day of the range, also those without a free slot. */
export const freeSlots = z.object({
  doctor_id: uuid,
  timezone: z.string(),
  days: z.array(z.object({ date: calendarDate, slots: z.array(freeSlot) })),
});
export type FreeSlots = z.infer<typeof freeSlots>;

export const moveConsultation = z.object({
  scheduled_at: instant,
  duration_minutes: z.number().int().min(5).max(240).optional(),
  /** Another doctor: for the administration. */
  doctor_id: uuid.optional(),
  /** The version that the person saw. */
  version: z.number().int(),
});
export type MoveConsultation = z.infer<typeof moveConsultation>;

interface Hours {
  weekday: number;
  start: string;
  end: string;
  valid_from?: string | null;
  valid_until?: string | null;
}

function overlap(hours: readonly Hours[]): boolean {
  return hours.some((one, index) =>
    hours
      .slice(index + 1)
      .some(
        (other) =>
          one.weekday === other.weekday &&
          one.start < other.end &&
          other.start < one.end &&
          (one.valid_from ?? '') <= (other.valid_until ?? '9999') &&
          (other.valid_from ?? '') <= (one.valid_until ?? '9999'),
      ),
  );
}

function isCalendarDate(local: string): boolean {
  return calendarDate.safeParse(local.slice(0, 10)).success;
}
