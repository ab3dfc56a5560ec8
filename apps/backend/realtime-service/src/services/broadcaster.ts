import type { RoomRole, ServerToClientEvents } from '@medcall/shared-types';

export type ServerEvent = keyof ServerToClientEvents;
export type PayloadOf<E extends ServerEvent> = Parameters<ServerToClientEvents[E]>[0];

/** Who hears what in a room. Services speak through this port and know no sockets. */
export interface Broadcaster {
  toRoles<E extends ServerEvent>(
    roomId: string,
    roles: readonly RoomRole[],
    event: E,
    payload: PayloadOf<E>,
  ): void;
}

/** Speaks to one connection, on whichever node it is. */
export interface ConnectionCaller {
  toConnection<E extends ServerEvent>(connectionId: string, event: E, payload: PayloadOf<E>): void;
}

export const everybody: readonly RoomRole[] = ['doctor', 'patient', 'guest'];
/** A guest sees no transcript, suggestion, coverage or note. */
export const doctorAndPatient: readonly RoomRole[] = ['doctor', 'patient'];
export const doctorOnly: readonly RoomRole[] = ['doctor'];
