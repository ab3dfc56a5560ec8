import { AppError } from '@medcall/service-kit';
import { z } from 'zod';
import { type PublicContext, publicRoute, type Route } from '../api/route.ts';
import { isTwilioSignature } from '../messages/twilio-signature.ts';
import type { SmsReplies } from '../services/sms-replies.ts';
import type { SmsStatuses } from '../services/sms-status.ts';

const tag = 'Twilio';
/** Every field is signed, so every field is read. */
const form = z.record(z.string().max(100), z.string().max(5_000));
const inbound = z.object({
  MessageSid: z.string().min(1).max(100),
  From: z.string().min(3).max(40),
  Body: z.string().max(5_000),
});
const status = z.object({
  MessageSid: z.string().min(1).max(100),
  MessageStatus: z.string().max(40),
});

export interface TwilioRoutesDeps {
  replies: SmsReplies;
  statuses: SmsStatuses;
  /** Null where Twilio is not used: nobody can then sign, and every call is refused. */
  authToken: string | null;
  /** The address by which Twilio knows us. */
  publicUrl: string;
}

/** What Twilio calls: an answer of a patient, and what became of a message. */
export function twilioRoutes(deps: TwilioRoutesDeps): Route[] {
  return [
    publicRoute({
      method: 'post',
      path: '/api/twilio/sms',
      tag,
      summary: 'SMS recebido de um paciente (assinado pela Twilio)',
      bodyType: 'application/x-www-form-urlencoded',
      body: form,
      success: { status: 200, description: 'A resposta, em TwiML', text: ['text/xml'] },
      handle: async (context) => {
        mustBeTwilio(deps, context);
        const { Body, From, MessageSid } = inbound.parse(context.body);
        const answer = await deps.replies.receive({
          providerId: MessageSid,
          from: From,
          body: Body,
        });
        return { status: 200, text: twiml(answer), contentType: 'text/xml; charset=utf-8' };
      },
    }),
    publicRoute({
      method: 'post',
      path: '/api/twilio/status',
      tag,
      summary: 'Situação de um SMS enviado (assinada pela Twilio)',
      bodyType: 'application/x-www-form-urlencoded',
      query: z.object({ n: z.string().max(100).optional() }),
      body: form,
      success: { status: 204, description: 'Anotada' },
      handle: async (context) => {
        mustBeTwilio(deps, context);
        const { MessageSid, MessageStatus } = status.parse(context.body);
        await deps.statuses.report({
          reference: context.query.n,
          providerId: MessageSid,
          status: MessageStatus,
        });
        return { status: 204 };
      },
    }),
  ];
}

function mustBeTwilio(
  { authToken, publicUrl }: TwilioRoutesDeps,
  context: PublicContext<unknown, unknown, Record<string, string>>,
): void {
  const { header, originalUrl } = context.request;
  const url = new URL(originalUrl, publicUrl).href;
  const signature = header('x-twilio-signature');
  if (authToken === null || !isTwilioSignature(authToken, url, context.body, signature)) {
    throw new AppError('forbidden');
  }
}

function twiml(answer: string | null): string {
  const message = answer === null ? '' : `<Message>${answer}</Message>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>`;
}
