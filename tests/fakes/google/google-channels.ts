import { randomBytes } from 'node:crypto';
import type { CalendarRequest, Done } from './google-events.ts';
import { readJson } from './google-words.ts';

interface Channel {
  id: string;
  email: string;
  address: URL;
  token: string;
  resourceId: string;
  expiresAt: number;
  messages: number;
}

interface WatchBody {
  id?: string;
  type?: string;
  address?: string;
  token?: string;
  params?: { ttl?: string };
}

const week = 604_800;

/** Notification channels: https://developers.google.com/workspace/calendar/api/guides/push */
export class FakeChannels {
  readonly open = new Map<string, Channel>();
  /** Messages that were sent, with the status of the answer; 0 where nobody answered. */
  readonly sent: { channelId: string; state: string; status: number }[] = [];
  /** What takes the place of the address's https origin: an entrance that ends TLS. Null: nobody is there. */
  entrance: string | null = null;
  /** The domain was not verified: no channel. */
  refusesAddress = false;
  /** The longest life of a channel, whatever was asked for. */
  longestSeconds = week;
  now: () => number = Date.now;
  readonly #under = new Set<Promise<void>>();

  /** A request to `…/events/watch` or `/channels/stop`; undefined for another path. */
  answer(email: string, { body, method, path }: CalendarRequest): Done | undefined {
    if (method !== 'POST') return undefined;
    if (path === '/calendar/v3/calendars/primary/events/watch') return this.#watch(email, body);
    if (path !== '/calendar/v3/channels/stop') return undefined;
    const { id = '', resourceId } = readJson<{ id?: string; resourceId?: string }>(body) ?? {};
    const channel = this.open.get(id);
    if (channel?.resourceId !== resourceId || channel?.email !== email)
      return { status: 404, error: 'notFound' };
    this.open.delete(id);
    return { status: 204 };
  }

  /** Something in the calendar changed. */
  tell(email: string): void {
    for (const channel of this.open.values()) {
      if (channel.expiresAt <= this.now()) this.open.delete(channel.id);
      else if (channel.email === email) this.#send(channel, 'exists');
    }
  }

  /** Ends when every message so far has been answered. */
  async told(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  #watch(email: string, body: string): Done {
    const { address = '', id = '', params, token = '', type } = readJson<WatchBody>(body) ?? {};
    if (!/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id) || token.length > 256)
      return { status: 400, error: 'invalid' };
    if (type !== 'web_hook') return { status: 400, error: 'invalid' };
    if (!address.startsWith('https://')) return { status: 400, error: 'push.webhookUrlNotHttps' };
    if (this.refusesAddress) return { status: 401, error: 'push.webhookUrlUnauthorized' };
    if (this.open.has(id)) return { status: 400, error: 'channelIdNotUnique' };
    const seconds = Math.min(Number(params?.ttl ?? week), this.longestSeconds);
    const channel: Channel = {
      id,
      email,
      address: new URL(address),
      token,
      resourceId: randomBytes(20).toString('base64url'),
      expiresAt: this.now() + seconds * 1000,
      messages: 0,
    };
    this.open.set(id, channel);
    // Often before the answer to the request arrives.
    this.#send(channel, 'sync');
    return {
      status: 200,
      body: {
        kind: 'api#channel',
        id,
        resourceId: channel.resourceId,
        resourceUri: resourceUri(email),
        token,
        expiration: String(channel.expiresAt),
      },
    };
  }

  #send(channel: Channel, state: string): void {
    channel.messages += 1;
    const entry = { channelId: channel.id, state, status: 0 };
    this.sent.push(entry);
    if (this.entrance === null) return;
    const sending = fetch(`${this.entrance}${channel.address.pathname}`, {
      method: 'POST',
      headers: notificationHeaders(channel, state),
    })
      .then(async (answer) => {
        await answer.arrayBuffer();
        entry.status = answer.status;
      })
      // Nobody there: Google tries again later, this one does not.
      .catch(() => {})
      .finally(() => this.#under.delete(sending));
    this.#under.add(sending);
  }
}

/** No body, everything in the headers. */
export function notificationHeaders(
  channel: {
    id: string;
    email: string;
    token: string;
    resourceId: string;
    expiresAt: number;
    messages: number;
  },
  state: string,
): Record<string, string> {
  return {
    'X-Goog-Channel-ID': channel.id,
    'X-Goog-Message-Number': String(channel.messages),
    'X-Goog-Resource-ID': channel.resourceId,
    'X-Goog-Resource-State': state,
    'X-Goog-Resource-URI': resourceUri(channel.email),
    'X-Goog-Channel-Expiration': new Date(channel.expiresAt).toUTCString(),
    'X-Goog-Channel-Token': channel.token,
  };
}

function resourceUri(email: string): string {
  return `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(email)}/events?alt=json`;
}
