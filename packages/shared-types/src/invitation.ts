import { z } from 'zod';
import { calendarDate, instant, uuid } from './primitives.ts';

export const invitationKind = z.enum(['patient', 'guest', 'documents']);
export type InvitationKind = z.infer<typeof invitationKind>;

export const createInvitation = z.object({
  consultationId: uuid,
  kind: invitationKind.default('patient'),
  name: z.string().trim().min(2).max(200).optional(),
  /** Also sends the link to the patient's own e-mail or telephone. */
  send: z
    .array(z.enum(['email', 'sms']))
    .max(2)
    .optional(),
});
export type CreateInvitation = z.infer<typeof createInvitation>;

export const createdInvitation = z.object({
  /** For revoking it later. */
  id: uuid,
  url: z.url(),
  token: z.string(),
  expiresAt: instant,
});
export type CreatedInvitation = z.infer<typeof createdInvitation>;

export const exchangeInvitation = z.object({
  token: z.string().min(20).max(200),
  /** Asked for by a link to documents: five wrong ones close it. */
  birthDate: calendarDate.optional(),
});
export type ExchangeInvitation = z.infer<typeof exchangeInvitation>;
