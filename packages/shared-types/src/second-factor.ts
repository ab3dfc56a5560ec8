import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

/** A member of the clinic, and whether a second factor stands between password and account. */
export const memberFactor = z.object({
  member_id: uuid,
  name: z.string(),
  role: z.enum(['medico', 'admin']),
  enrolled: z.boolean(),
});
export type MemberFactor = z.infer<typeof memberFactor>;

/** `GET /api/clinic/second-factor`. */
export const clinicSecondFactor = z.object({
  /** Since when everybody of the clinic must show one; null: who wants may have one. */
  required_since: instant.nullable(),
  people: z.array(memberFactor),
});
export type ClinicSecondFactor = z.infer<typeof clinicSecondFactor>;

/** `PUT /api/clinic/second-factor`. */
export const requireSecondFactor = z.object({ required: z.boolean() });
