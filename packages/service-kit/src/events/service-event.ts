import { z } from 'zod';

/** What one service tells the others at once. Ids only: each reader looks with its own rights. */
export const serviceEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('consent_changed'),
    consultation_id: z.uuid(),
    consent_type: z.enum(['care', 'recording', 'ai']),
    accepted: z.boolean(),
  }),
  /** Status, time or settings of a consultation, or an invitation to it, are not what they were. */
  z.object({ type: z.literal('consultation_changed'), consultation_id: z.uuid() }),
  /** The doctor let somebody in, or sent them away: the node that holds their connection acts. */
  z.object({
    type: z.literal('admission_decided'),
    consultation_id: z.uuid(),
    participant_id: z.uuid(),
    admitted: z.boolean(),
  }),
  /** A doctor said who speaks in a row of a transcript: whoever tells its voices apart reads it again. */
  z.object({ type: z.literal('speaker_corrected'), consultation_id: z.uuid() }),
  /** Passages that the search reads were added, replaced or taken out. */
  z.object({ type: z.literal('guidelines_changed') }),
  /** Tokens of this person issued so far may be worth nothing: ask again before trusting one. */
  z.object({ type: z.literal('session_revoked'), sub: z.uuid() }),
]);
export type ServiceEvent = z.infer<typeof serviceEvent>;
