import { z } from 'zod';
import {
  anyEtag,
  type CalendarOutcome,
  type CalendarProvider,
  type OutsideEvent,
  type WrittenEvent,
} from './calendar-provider.ts';
import { closeChannel, openChannel } from './google-channels.ts';
import {
  readChanges,
  readEvent,
  singleEventFields,
  writeWritten,
  writtenProperty,
} from './google-reading.ts';
import {
  type Answered,
  type AskGoogle,
  createAsk,
  eventsPath,
  type GoogleCalendarOptions,
  outcomeOf,
  readAnswer,
} from './google-request.ts';

const silent = '?sendUpdates=none';
/** Somebody who changes the event as fast as we write it has to stop first. */
const mostLooks = 3;

/** Google Calendar API v3 over plain HTTP. */
export function createGoogleCalendar(options: GoogleCalendarOptions): CalendarProvider {
  const { oauth } = options;
  const ask = createAsk(options);
  return {
    authorizationUrl: (visit) => oauth.authorizationUrl(visit),
    exchange: (code, verifier) => oauth.exchange(code, verifier),
    revoke: (refreshToken) => oauth.revoke(refreshToken),
    changes: (refreshToken, from, signal) => readChanges(ask, refreshToken, from, signal),
    watch: (refreshToken, wish, signal) => openChannel(ask, refreshToken, wish, signal),
    unwatch: (refreshToken, channel, signal) => closeChannel(ask, refreshToken, channel, signal),

    async put(refreshToken, event, etag, signal) {
      const isFree = etag === anyEtag;
      if (etag !== null && !isFree) {
        const known = { etag, before: null };
        const written = await rewrite(ask, refreshToken, event, known, signal);
        if (written) return written;
      }
      return insert(ask, refreshToken, event, { isFree }, signal);
    },

    async remove(refreshToken, eventId, signal) {
      const path = `${eventsPath}/${eventId}${silent}`;
      const removed = await ask(refreshToken, { method: 'DELETE', path }, signal);
      if (removed.kind !== 'done') return removed;
      const { status } = removed.value;
      // 404: never arrived; 410: deleted already.
      return status === 404 || status === 410
        ? { kind: 'done', value: null }
        : outcomeOf(removed.value);
    },
  };
}

/** An event as somebody knows it, and what somebody else made of it, which is written over. */
interface Known {
  etag: string;
  before: WrittenEvent['before'];
}

/** Over the event as it is known; what somebody else made of it since is told. Undefined: it is not there. */
async function rewrite(
  ask: AskGoogle,
  refreshToken: string,
  event: OutsideEvent,
  known: Known,
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<WrittenEvent> | undefined> {
  const path = `${eventsPath}/${event.id}${silent}`;
  const body = eventBody(event);
  let { before, etag: ifMatch } = known;
  for (let n = 0; n < mostLooks; n += 1) {
    const put = { method: 'PUT', path, body, ifMatch } as const;
    const updated = await ask(refreshToken, put, signal);
    if (updated.kind !== 'done') return updated;
    if (isMissing(updated.value)) return undefined;
    if (updated.value.status !== 412) return written(event, updated.value, before);
    const looked = await look(ask, refreshToken, event, signal);
    if (looked?.kind !== 'done') return looked;
    ({ before, etag: ifMatch } = looked.value);
  }
  return { kind: 'later', why: 'the event keeps changing' };
}

/** What is there now; undefined where nothing is. */
async function look(
  ask: AskGoogle,
  refreshToken: string,
  { id, timeZone }: OutsideEvent,
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<Known> | undefined> {
  const path = `${eventsPath}/${id}?fields=${encodeURIComponent(singleEventFields)}`;
  const looked = await ask(refreshToken, { method: 'GET', path }, signal);
  if (looked.kind !== 'done') return looked;
  if (isMissing(looked.value)) return undefined;
  const outcome = outcomeOf(looked.value);
  if (outcome.kind !== 'done') return outcome;
  const now = readEvent(looked.value.body, timeZone);
  if (!now) return { kind: 'later', why: 'event unreadable' };
  return { kind: 'done', value: { etag: now.etag, before: now.change } };
}

async function insert(
  ask: AskGoogle,
  refreshToken: string,
  event: OutsideEvent,
  { isFree }: { isFree: boolean },
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<WrittenEvent>> {
  const body = eventBody(event);
  const post = { method: 'POST', path: `${eventsPath}${silent}`, body } as const;
  const inserted = await ask(refreshToken, post, signal);
  if (inserted.kind !== 'done') return inserted;
  if (inserted.value.status !== 409) return written(event, inserted.value, null);
  // There already: an earlier try went through, or it is being moved, or somebody deleted or moved it there.
  const known = isFree ? undefined : await look(ask, refreshToken, event, signal);
  if (known && known.kind !== 'done') return known;
  const rewritten = known && (await rewrite(ask, refreshToken, event, known.value, signal));
  if (rewritten) return rewritten;
  const put = { method: 'PUT', path: `${eventsPath}/${event.id}${silent}`, body } as const;
  const updated = await ask(refreshToken, put, signal);
  if (updated.kind !== 'done') return updated;
  // Its id is taken for ever and the event is not there any more: this booking has no event.
  return isMissing(updated.value)
    ? { kind: 'refused', why: `update ${updated.value.status}` }
    : written(event, updated.value, null);
}

function isMissing({ status }: Answered): boolean {
  return status === 404 || status === 410;
}

function eventBody(event: OutsideEvent) {
  const { description, endsAt, id, location, startsAt, summary, url } = event;
  return {
    id,
    // An event that was deleted there comes back with this.
    status: 'confirmed',
    summary,
    description,
    ...(location === undefined ? {} : { location }),
    start: { dateTime: startsAt.toISOString() },
    end: { dateTime: endsAt.toISOString() },
    // Colleagues who share the calendar see that he is busy, not with what.
    visibility: 'private',
    source: { title: 'MedCall AI', url },
    // Stays with the event when somebody moves it there: so that is known, however late it is read.
    extendedProperties: { private: { [writtenProperty]: writeWritten(event) } },
  };
}

/** A success that does not name the event is a proxy's, not Google's. */
function written(
  event: OutsideEvent,
  answered: Answered,
  before: WrittenEvent['before'],
): CalendarOutcome<WrittenEvent> {
  const shape = z.object({ id: z.literal(event.id), etag: z.string().min(1) });
  const outcome = readAnswer(answered, shape, 'event');
  return outcome.kind === 'done'
    ? { kind: 'done', value: { etag: outcome.value.etag, before } }
    : outcome;
}
