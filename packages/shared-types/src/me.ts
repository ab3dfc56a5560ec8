import { z } from 'zod';
import { instant, uuid } from './primitives.ts';
import { medcallRole } from './roles.ts';

/** `GET /api/me`: the person, the clinic and where the sockets live. */
export const me = z.object({
  user: z.object({ id: uuid, email: z.string().nullable(), name: z.string(), role: medcallRole }),
  doctor: z
    .object({ id: uuid, nome: z.string(), crm: z.string(), especialidade: z.string().nullable() })
    .nullable(),
  clinic: z.object({ id: uuid, nome: z.string() }),
  rights: z.array(z.string()),
  realtimeUrl: z.string(),
  demo: z.boolean(),
  /** When this session will need a second factor because the clinic asks for one; null where nothing ends it. */
  secondFactorFrom: instant.nullable().default(null),
});
export type Me = z.infer<typeof me>;

/** Where an account is open: one sign-in, by browser and address. */
export const device = z.object({
  id: uuid,
  user_agent: z.string().nullable(),
  ip: z.string().nullable(),
  created_at: instant,
  last_used_at: instant,
  /** The session that asks. */
  current: z.boolean(),
});
export type Device = z.infer<typeof device>;
