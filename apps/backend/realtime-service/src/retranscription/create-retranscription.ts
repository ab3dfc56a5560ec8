import type { Database, Logger } from '@medcall/service-kit';
import type { KeptAudio } from '../recordings/kept-audio.ts';
import type { Consents } from '../services/consents.ts';
import type { ConsultationReader } from '../services/consultation-reader.ts';
import type { StreamClaims } from '../services/stream-claims.ts';
import type { StreamRows } from '../services/stream-rows.ts';
import type { HearAgainParts } from './hear-again.ts';
import { Retranscriber } from './retranscriber.ts';
import { RetranscriptionRequests } from './retranscription-requests.ts';
import { RetranscriptionRows } from './retranscription-rows.ts';
import { Retranscriptions } from './retranscriptions.ts';
import type { StandingParts } from './standing.ts';

export interface RetranscriptionOptions {
  database: Database;
  /** The name under which this node leases streams. */
  owner: string;
  kept: KeptAudio;
  reader: ConsultationReader;
  consents: Consents;
  streamRows: StreamRows;
  streamClaims: StreamClaims;
  writer: HearAgainParts['writer'];
  room: HearAgainParts['room'];
  logger: Logger;
}

export interface RetranscriptionParts {
  rows: RetranscriptionRows;
  retranscriber: Retranscriber;
  retranscriptions: Retranscriptions;
}

/** Puts together what transcribes consultations again. Nothing runs until `retranscriber.start()`. */
export function createRetranscription(options: RetranscriptionOptions): RetranscriptionParts {
  const { consents, database, kept, logger, owner, reader, streamRows } = options;
  const standing: StandingParts = { consents, kept, streamRows };
  const rows = new RetranscriptionRows({ database, owner, sharedLog: kept.shared });
  const retranscriber = new Retranscriber({
    rows,
    reader,
    consents,
    standing,
    hearing: options,
    logger,
  });
  const retranscriptions = new Retranscriptions({
    requests: new RetranscriptionRequests(database),
    retranscriber,
    reader,
    standing,
  });
  return { rows, retranscriber, retranscriptions };
}
