import { z } from 'zod';
import { uuid } from './primitives.ts';
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
});
export type Me = z.infer<typeof me>;
