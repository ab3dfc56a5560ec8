/** What became of a request to the doctor's calendar outside. `why` is for the operator, and names nobody. */
export type CalendarOutcome<T> =
  | { kind: 'done'; value: T }
  /** Not now: a limit, a failure of theirs, or an answer that got lost. Every call may be repeated. */
  | { kind: 'later'; why: string; retryAfterMs?: number; isLimit?: boolean }
  /** The doctor took the permission back, or the calendar is gone: nothing works until he connects again. */
  | { kind: 'disconnected'; why: string }
  /** This very request is not taken, and would not be later. */
  | { kind: 'refused'; why: string };

/** A booking as a calendar outside shows it: no patient, no reason. */
export interface OutsideEvent {
  /** Made by us and stable, so that a repetition is recognised: a–v and 0–9, 5 to 1024 characters. */
  id: string;
  summary: string;
  description: string;
  location: string | undefined;
  url: string;
  startsAt: Date;
  endsAt: Date;
  /** The clinic's: a day without a clock that somebody made of the event is one there. */
  timeZone: string;
}

export interface BusySpan {
  startsAt: Date;
  endsAt: Date;
}

/** What a calendar says of one event: nothing but when, and whether it takes time. */
export type OutsideChange =
  | { kind: 'gone'; id: string }
  | {
      kind: 'there';
      id: string;
      startsAt: Date;
      endsAt: Date;
      /** False for what is marked as free, and what the doctor declined. */
      isBusy: boolean;
      /** Of an event of ours: when we put it there last, as the event itself says. */
      written: BusySpan | null;
    };

/** From where a reading goes on: a token of the one before, or a time as a whole. */
export type ReadFrom = { kind: 'since'; syncToken: string } | ({ kind: 'whole' } & BusySpan);

export type OutsideChanges =
  | { kind: 'changes'; changes: OutsideChange[]; syncToken: string }
  /** The token is too old: the calendar has to be read as a whole. */
  | { kind: 'expired' }
  /** More events than anybody reads. */
  | { kind: 'too_large' };

/** In an etag's place: whatever is there may be written over (RFC 9110, 13.1.1 says it so). */
export const anyEtag = '*';

export interface WrittenEvent {
  /** Names the event as it is now: who writes again brings it. */
  etag: string;
  /** What somebody else had made of it since, and was written over; null where nobody did. */
  before: OutsideChange | null;
}

/** A channel by which the vendor says that something changed. */
export interface ChannelWish {
  id: string;
  /** Repeated by the vendor with each message. */
  token: string;
  /** Where messages go: https. */
  address: string;
  ttlSeconds: number;
}
export interface OpenChannel {
  resourceId: string;
  expiresAt: Date;
}

export interface CalendarGrant {
  refreshToken: string;
  accountEmail: string | null;
}

/** A doctor's calendar at a vendor. A refresh token stands for a connection; it is never logged. */
export interface CalendarProvider {
  /** The page where the doctor allows it. */
  authorizationUrl(visit: { state: string; codeChallenge: string }): string;
  /** `refused` also when the doctor did not allow all that is needed. */
  exchange(code: string, codeVerifier: string): Promise<CalendarOutcome<CalendarGrant>>;
  /**
   * Puts the event in, or in its place: once, however often it is asked.
   * @param etag of the event as it was written last, or `anyEtag`; null where it is not known: what is there
   * is looked at first
   */
  put(
    refreshToken: string,
    event: OutsideEvent,
    etag: string | null,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<WrittenEvent>>;
  /** Takes it out; done also when it is not there. */
  remove(
    refreshToken: string,
    eventId: string,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<null>>;
  /** What changed in the calendar, or all that is in it. */
  changes(
    refreshToken: string,
    from: ReadFrom,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<OutsideChanges>>;
  /** `refused` where the vendor does not send messages to that address. */
  watch(
    refreshToken: string,
    wish: ChannelWish,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<OpenChannel>>;
  /** Done also where the channel is gone. */
  unwatch(
    refreshToken: string,
    channel: { id: string; resourceId: string },
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<null>>;
  /** The permission ends at the vendor too. */
  revoke(refreshToken: string): Promise<CalendarOutcome<null>>;
}
