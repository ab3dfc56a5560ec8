/** What became of a request to the doctor's calendar outside. `why` is for the operator, and names nobody. */
export type CalendarOutcome<T> =
  | { kind: 'done'; value: T }
  /** Not now: a limit, a failure of theirs, or an answer that got lost. Every call may be repeated. */
  | { kind: 'later'; why: string; retryAfterMs?: number }
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
}

export interface BusySpan {
  startsAt: Date;
  endsAt: Date;
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
  /** Puts the event in, or in its place: once, however often it is asked. */
  put(
    refreshToken: string,
    event: OutsideEvent,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<null>>;
  /** Takes it out; done also when it is not there. */
  remove(
    refreshToken: string,
    eventId: string,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<null>>;
  /** What is taken in between, without saying by what. */
  busy(
    refreshToken: string,
    span: BusySpan,
    signal?: AbortSignal,
  ): Promise<CalendarOutcome<BusySpan[]>>;
  /** The permission ends at the vendor too. */
  revoke(refreshToken: string): Promise<CalendarOutcome<null>>;
}
