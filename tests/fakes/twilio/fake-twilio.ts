import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, cutOff, sendJson, serveFake } from '../http-fake.ts';
import { FaultPlan } from '../vendor-fault.ts';

export interface TwilioMessage {
  sid: string;
  to: string;
  from: string;
  body: string;
  status: string;
  statusCallback: string | null;
  createdAt: number;
}

export interface FakeTwilio {
  url: string;
  accountSid: string;
  authToken: string;
  from: string;
  /** Every accepted request, also a repeated one: there is no idempotency here. */
  messages: TwilioMessage[];
  /** Every request in order: what a test asks about the order of tries and look-ups. */
  log: { kind: 'try' | 'look_up'; to: string; status: number }[];
  /** Look-ups that were answered. */
  lookUps: { to: string }[];
  faults: FaultPlan;
  lookUpFaults: FaultPlan;
  /** Numbers that are refused, with Twilio's code. */
  refuse: Map<string, number>;
  /** Reports a status as Twilio does: a signed form to the message's StatusCallback. */
  report(sid: string, status: string, extra?: Record<string, string>): Promise<Response>;
  /** Somebody writes to our number: a signed form to `url`. */
  inbound(
    url: string,
    fields: { From: string; Body: string; MessageSid?: string },
  ): Promise<Response>;
  close(): Promise<void>;
}

const sidOf = (prefix: string) => `${prefix}${randomBytes(16).toString('hex')}`;

/**
 * Speaks Twilio's Messages resource (2010-04-01): basic auth, form-encoded, 201 with a sid, errors as
 * `{ code, message, more_info, status }`, a list by To and From, signed callbacks.
 */
export async function startFakeTwilio(now: () => number = Date.now): Promise<FakeTwilio> {
  const accountSid = sidOf('AC');
  const authToken = randomBytes(16).toString('hex');
  const messages: TwilioMessage[] = [];
  const lookUps: FakeTwilio['lookUps'] = [];
  const log: FakeTwilio['log'] = [];
  const [faults, lookUpFaults] = [new FaultPlan(), new FaultPlan()];
  const refuse = new Map<string, number>();
  const from = '+15005550006';
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;

  const create = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await bodyOf(req));
    const fault = faults.take();
    const entry = { kind: 'try' as const, to: form.get('To') ?? '', status: 0 };
    log.push(entry);
    res.once('finish', () => {
      entry.status = res.statusCode;
    });
    switch (fault?.kind) {
      case 'rate_limited':
        return sendError(res, 429, 20429, { 'retry-after': String(fault.retryAfterSeconds) });
      case 'server_error_before':
        return sendError(res, 500, 20500);
      case 'cut_off_before':
        res.destroy();
        return;
      case 'unauthorized':
        return sendError(res, 401, 20003);
      default:
    }
    const [to, sender, body] = [form.get('To'), form.get('From'), form.get('Body')];
    if (!to) return sendError(res, 400, 21604);
    if (!sender) return sendError(res, 400, 21603);
    if (!body) return sendError(res, 400, 21602);
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return sendError(res, 400, 21211);
    const code = refuse.get(to);
    if (code !== undefined) return sendError(res, 400, code);
    const message: TwilioMessage = {
      sid: sidOf('SM'),
      to,
      from: sender,
      body,
      status: 'queued',
      statusCallback: form.get('StatusCallback'),
      createdAt: now(),
    };
    messages.push(message);
    switch (fault?.kind) {
      case 'server_error_after':
        return sendError(res, 500, 20500);
      case 'cut_off_after':
        return cutOff(res, 201, '{"sid":"SM12');
      case 'hang_after':
        return;
      case 'garbage_after':
        res.writeHead(201, { 'content-type': 'text/html' });
        res.end('<html>proxy</html>');
        return;
      default:
        sendJson(res, 201, viewOf(message, accountSid));
    }
  };

  const server = await serveFake(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://fake');
    if (!authorised(req, accountSid, authToken)) return sendError(res, 401, 20003);
    if (url.pathname !== path) return sendError(res, 404, 20404);
    if (req.method === 'POST') return create(req, res);
    const fault = lookUpFaults.take();
    if (fault?.kind === 'rate_limited') {
      return sendError(res, 429, 20429, { 'retry-after': String(fault.retryAfterSeconds) });
    }
    if (fault) return sendError(res, 503, 20503);
    const to = url.searchParams.get('To');
    const sender = url.searchParams.get('From');
    lookUps.push({ to: to ?? '' });
    log.push({ kind: 'look_up', to: to ?? '', status: 200 });
    const found = messages.filter(
      (message) =>
        (to === null || message.to === to) && (sender === null || message.from === sender),
    );
    const page = found.slice(-Number(url.searchParams.get('PageSize') ?? 50)).reverse();
    sendJson(res, 200, {
      messages: page.map((message) => viewOf(message, accountSid)),
      page: 0,
      page_size: 50,
      next_page_uri: null,
    });
  });

  const post = (url: string, fields: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': twilioSignature(authToken, url, fields),
      },
      body: new URLSearchParams(fields).toString(),
    });

  return {
    url: server.url,
    accountSid,
    authToken,
    from,
    messages,
    log,
    lookUps,
    faults,
    lookUpFaults,
    refuse,
    async report(sid, status, extra = {}) {
      const message = messages.find((one) => one.sid === sid);
      if (!message?.statusCallback) throw new Error('no such message, or no callback');
      message.status = status;
      return post(message.statusCallback, {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        From: message.from,
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
        To: message.to,
        ...extra,
      });
    },
    inbound: (url, { MessageSid = sidOf('SM'), ...fields }) =>
      post(url, {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        FromCountry: 'BR',
        MessageSid,
        NumMedia: '0',
        NumSegments: '1',
        SmsMessageSid: MessageSid,
        SmsSid: MessageSid,
        SmsStatus: 'received',
        To: from,
        ...fields,
      }),
    close: server.close,
  };
}

/** The signature of Twilio's security page, written from its text: URL, then each field by name. */
export function twilioSignature(
  authToken: string,
  url: string,
  fields: Record<string, string>,
): string {
  let signed = url;
  for (const name of Object.keys(fields).sort()) signed += name + fields[name];
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

function authorised(req: IncomingMessage, user: string, password: string): boolean {
  const wanted = Buffer.from(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  const given = Buffer.from(req.headers.authorization ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function viewOf(message: TwilioMessage, accountSid: string) {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    // RFC 2822, in whole seconds, as the resource gives it.
    date_created: new Date(message.createdAt).toUTCString().replace('GMT', '+0000'),
    date_sent: null,
    direction: 'outbound-api',
    error_code: null,
    from: message.from,
    num_segments: '1',
    sid: message.sid,
    status: message.status,
    to: message.to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`,
  };
}

function sendError(
  res: ServerResponse,
  status: number,
  code: number,
  headers: Record<string, string> = {},
): void {
  sendJson(
    res,
    status,
    {
      code,
      message: `Error ${code}`,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    },
    headers,
  );
}
