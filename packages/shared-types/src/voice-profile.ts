import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

/** A doctor's enrolled voice, without the features themselves. */
export const voiceProfile = z.object({
  doctor_id: uuid,
  /** What made the features; another one cannot use them. */
  model: z.string(),
  /** False when the installation has changed its model since: record the voice again. */
  usable: z.boolean(),
  speech_seconds: z.number(),
  created_at: instant,
  updated_at: instant,
});
export type VoiceProfileView = z.infer<typeof voiceProfile>;

/** What a doctor agrees to by recording the own voice; shown beside the button (LGPD, art. 11, I). */
export const voiceConsent = {
  version: 'voz-1',
  text:
    'Autorizo a MedCall a guardar características da minha voz, sem o áudio, para separar quem fala ' +
    'nas minhas consultas presenciais. Posso apagá-las quando quiser.',
} as const;
