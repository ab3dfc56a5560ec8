import type { OutsideEvent } from './calendar-provider.ts';
import type { Connection } from './connection-store.ts';

/** What has to be true of one booking in one calendar. */
export interface BookingTask {
  connection: Connection;
  consultationId: string;
  /** Which try of this booking in this calendar it is. */
  number: number;
  failures: number;
  version: number;
  /** Null: it must not be there. */
  event: OutsideEvent | null;
  /** Of the event as we wrote it last; `anyEtag` where it may be whatever it is, null where it is not known. */
  etag: string | null;
}
