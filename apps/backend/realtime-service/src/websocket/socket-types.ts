import type { UserCaller } from '@medcall/service-kit';
import type { ClientToServerEvents, ServerToClientEvents } from '@medcall/shared-types';
import type { Server, Socket } from 'socket.io';
import type { Membership } from '../services/room-service.ts';
import type { TokenBucket } from './token-bucket.ts';

/** What the service keeps of one connection. */
export interface SocketData {
  caller: UserCaller;
  /** When the token ends, in ms since the epoch. */
  expiresAtMs: number;
  /** Rooms this connection waits for or is in, by room id. */
  memberships: Map<string, { membership: Membership; joined: boolean }>;
  /** W3C `traceparent` of the page, as it sent it; whatever it sent. */
  traceparent: unknown;
  events: TokenBucket;
  /** In milliseconds of sound. */
  sound: TokenBucket;
}

type NoEvents = Record<string, never>;
export type RoomServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type RoomSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
