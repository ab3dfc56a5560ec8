import { randomBytes } from 'node:crypto';
import {
  type EventBody,
  eventProblem,
  type GoogleEvent,
  instancesOf,
  partOf,
  readJson,
} from './google-words.ts';

export interface Done {
  status: number;
  error?: string;
  body?: unknown;
}

export interface CalendarRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  ifMatch: string | undefined;
}

interface SyncState {
  change: number;
  timeMin: string | null;
  timeMax: string | null;
}
interface PageState extends SyncState {
  after: number;
  until: number;
  from: number;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = <T>(token: string) => readJson<T>(Buffer.from(token, 'base64url').toString('utf8'));

/** The events of everybody's first calendar, with etags, sync tokens and pages. */
export class FakeEvents {
  /** By the account's address and the event's id, deleted ones with status `cancelled`. */
  readonly byAccount = new Map<string, Map<string, GoogleEvent>>();
  /** No page holds more, whatever was asked for. */
  mostPerPage = 2_500;
  timeZone = 'America/Sao_Paulo';
  /** Told of every change, whoever makes it. */
  onChange: (email: string) => void = () => {};
  #change = 0;
  #oldestChange = 0;

  of(email: string): Map<string, GoogleEvent> {
    const events = this.byAccount.get(email) ?? new Map<string, GoogleEvent>();
    this.byAccount.set(email, events);
    return events;
  }

  /** Tokens given out so far are too old: whoever brings one is sent back to the beginning. */
  forgetSyncTokens(): void {
    this.#change += 1;
    this.#oldestChange = this.#change;
  }

  /** As the person does it on Google's own page. @returns the event's id */
  add(email: string, body: EventBody): string {
    const id = body.id ?? randomBytes(16).toString('hex').replaceAll(/[w-z]/g, 'a');
    this.#keep(email, { status: 'confirmed', ...body, id, inserts: 1 });
    return id;
  }

  edit(email: string, id: string, changes: Partial<EventBody>): void {
    const there = this.of(email).get(id);
    if (!there) throw new Error(`no event ${id}`);
    this.#keep(email, { ...there, ...changes, id });
  }

  remove(email: string, id: string): void {
    this.edit(email, id, { status: 'cancelled' });
  }

  /** One request to `/calendars/primary/events…`; undefined for another path. */
  answer(email: string, request: CalendarRequest): Done | undefined {
    const [found, id] =
      request.path.match(/^\/calendar\/v3\/calendars\/primary\/events(?:\/([^/]+))?$/) ?? [];
    if (!found) return undefined;
    if (request.method === 'GET' && id === undefined) return this.#list(email, request.query);
    const there = id === undefined ? undefined : this.of(email).get(id);
    if (request.method === 'POST' && id === undefined) return this.#insert(email, request.body);
    if (!there) return { status: 404, error: 'notFound' };
    if (request.method === 'GET') return { status: 200, body: told(there, request.query) };
    // Before a precondition Google looks whether there is anything to delete.
    if (request.method === 'DELETE' && there.status === 'cancelled')
      return { status: 410, error: 'deleted' };
    if (request.ifMatch !== undefined && request.ifMatch !== there.etag)
      return { status: 412, error: 'conditionNotMet' };
    if (request.method === 'DELETE') {
      this.remove(email, there.id);
      return { status: 204 };
    }
    if (request.method !== 'PUT') return { status: 404, error: 'notFound' };
    const wanted = readJson<EventBody>(request.body);
    const problem = eventProblem(wanted);
    if (!wanted || problem) return { status: 400, error: problem ?? 'parseError' };
    this.#keep(email, { ...wanted, id: there.id, inserts: there.inserts });
    return { status: 200, body: told(this.of(email).get(there.id), request.query) };
  }

  #insert(email: string, body: string): Done {
    const wanted = readJson<EventBody>(body);
    const problem = eventProblem(wanted);
    if (!wanted || problem) return { status: 400, error: problem ?? 'parseError' };
    // Also an event that was deleted keeps its id.
    if (wanted.id !== undefined && this.of(email).has(wanted.id))
      return { status: 409, error: 'duplicate' };
    const id = this.add(email, wanted);
    return { status: 200, body: told(this.of(email).get(id), new URLSearchParams()) };
  }

  /** https://developers.google.com/workspace/calendar/api/guides/sync */
  #list(email: string, query: URLSearchParams): Done {
    const [pageToken, syncToken] = [query.get('pageToken'), query.get('syncToken')];
    const restricted = ['timeMin', 'timeMax', 'orderBy', 'q', 'updatedMin', 'iCalUID'].some(
      (name) => query.has(name),
    );
    if (syncToken !== null && restricted)
      return { status: 400, error: 'syncTokenWithRequestRestrictions' };
    const synced = syncToken === null ? null : decode<SyncState>(syncToken);
    if (syncToken !== null && !synced) return { status: 400, error: 'invalid' };
    if (synced && synced.change < this.#oldestChange)
      return { status: 410, error: 'fullSyncRequired' };
    const page: PageState | null = pageToken === null ? null : decode<PageState>(pageToken);
    if (pageToken !== null && !page) return { status: 400, error: 'invalid' };
    const state: PageState = page ?? {
      change: this.#change,
      timeMin: synced ? synced.timeMin : query.get('timeMin'),
      timeMax: synced ? synced.timeMax : query.get('timeMax'),
      after: synced ? synced.change : -1,
      until: this.#change,
      from: 0,
    };
    const isSync = state.after >= 0;
    const [least, most] = [Date.parse(state.timeMin ?? ''), Date.parse(state.timeMax ?? '')];
    const all = [...this.of(email).values()]
      .filter(({ change }) => change > state.after && change <= state.until)
      .flatMap((event) => (query.get('singleEvents') === 'true' ? instancesOf(event) : [event]))
      .filter(({ status }) => isSync || status !== 'cancelled')
      .filter(({ end, start, status }) => {
        const [from, to] = [start, end].map((at) => Date.parse(at.dateTime ?? at.date ?? ''));
        return status === 'cancelled' || !(Number(to) <= least || Number(from) >= most);
      })
      .sort((one, other) => one.change - other.change);
    const size = Math.min(Number(query.get('maxResults') ?? 250), this.mostPerPage);
    const items = all
      .slice(state.from, state.from + size)
      .map((event) => listed(event, Number(query.get('maxAttendees') ?? Number.NaN)));
    const isLast = state.from + size >= all.length;
    const { change, timeMin, timeMax } = state;
    const body = {
      kind: 'calendar#events',
      summary: email,
      timeZone: this.timeZone,
      items,
      ...(isLast
        ? { nextSyncToken: encode({ change, timeMin, timeMax }) }
        : { nextPageToken: encode({ ...state, from: state.from + size }) }),
    };
    const fields = query.get('fields');
    return { status: 200, body: fields === null ? body : partOf(body, fields) };
  }

  #keep(email: string, event: Omit<GoogleEvent, 'change' | 'etag'>): void {
    this.#change += 1;
    const kept = { ...event, change: this.#change, etag: `"${this.#change}0000"` };
    this.of(email).set(event.id, kept);
    this.onChange(email);
  }
}

/** Of a deleted event no more than its id is promised. */
function listed({ change: _, inserts: __, ...event }: GoogleEvent, mostAttendees: number): object {
  if (event.status === 'cancelled')
    return { kind: 'calendar#event', id: event.id, status: 'cancelled', etag: event.etag };
  const { attendees } = event;
  if (!attendees || !(attendees.length > mostAttendees))
    return { kind: 'calendar#event', ...event };
  const own = attendees.filter(({ self }) => self);
  return { kind: 'calendar#event', ...event, attendees: own, attendeesOmitted: true };
}

function told(event: GoogleEvent | undefined, query: URLSearchParams): unknown {
  if (!event) return undefined;
  const { change: _, inserts: __, ...said } = event;
  const fields = query.get('fields');
  return fields === null ? { kind: 'calendar#event', ...said } : partOf(said, fields);
}
