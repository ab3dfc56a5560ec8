import { envFlag } from '@medcall/service-kit';
import { z } from 'zod';

/** Vendors of messages, and the worker. A part of the gateway's environment. */
export const messageEnv = z.object({
  /** Jobs in this very process, beside the requests; otherwise `node src/worker.ts` does them. */
  JOBS_IN_PROCESS: envFlag.default(false),
  JOB_HEARTBEAT_SECONDS: z.coerce.number().int().min(10).max(3_600).default(30),
  JOB_SUPERVISE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(15),
  MAIL_PROVIDER: z.enum(['embedded', 'resend']).optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: z.url().default('https://api.resend.com'),
  MAIL_FROM: z.string().min(3).default('MedCall <nao-responda@localhost>'),
  SMS_PROVIDER: z.enum(['embedded', 'twilio']).optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().min(3).optional(),
  TWILIO_BASE_URL: z.url().default('https://api.twilio.com'),
  /** Doctors may connect their Google calendar, where both are there. */
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_ACCOUNTS_URL: z.url().default('https://accounts.google.com'),
  GOOGLE_OAUTH_URL: z.url().default('https://oauth2.googleapis.com'),
  GOOGLE_API_URL: z.url().default('https://www.googleapis.com'),
  MESSAGE_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(10_000),
  /** An SMS of unknown outcome is looked up no earlier. */
  SMS_VISIBLE_AFTER_MS: z.coerce.number().int().min(0).max(600_000).default(60_000),
  /** The first pause after a failed try of a message or webhook; later ones grow. */
  DELIVERY_RETRY_MS: z.coerce.number().int().min(10).max(3_600_000).default(10_000),
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(10_000),
  /** Lets webhooks go to this very machine, over http: for demonstrations and tests alone. */
  WEBHOOK_ALLOW_LOOPBACK: envFlag.default(false),
});
type MessageEnv = z.infer<typeof messageEnv>;

const needs = {
  MAIL_PROVIDER: { resend: ['RESEND_API_KEY'] },
  google: ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  SMS_PROVIDER: { twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] },
} as const;

/** A vendor that is asked for, or half configured, has all that it takes. */
export function checkMessageEnv(env: MessageEnv, context: z.RefinementCtx): void {
  const wanted = [
    ...(env.MAIL_PROVIDER === 'resend' ? needs.MAIL_PROVIDER.resend : []),
    ...(env.GOOGLE_CLIENT_ID || env.GOOGLE_CLIENT_SECRET ? needs.google : []),
    ...(env.SMS_PROVIDER === 'twilio' || env.TWILIO_ACCOUNT_SID ? needs.SMS_PROVIDER.twilio : []),
  ];
  for (const name of wanted) {
    if (env[name] === undefined) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is needed by the chosen provider',
      });
    }
  }
}
