import type { Participant, RoomRole } from '@medcall/shared-types';

/** A participant who has at least one connection, or had one a moment ago. */
export interface Present {
  participantId: string;
  sub: string;
  name: string;
  role: RoomRole;
  state: Participant['state'];
  /** Newest last: signals go to the tab that came last. */
  connections: string[];
}

interface Place {
  present: Present;
  leaving?: NodeJS.Timeout;
}

/** Who is connected to which room of this process. Admission is not kept here but in the database. */
export class Presence {
  private readonly rooms = new Map<string, Map<string, Place>>();

  /** Adds a connection. @returns the person and whether they were absent before */
  connect(
    roomId: string,
    person: Omit<Present, 'connections'>,
    connectionId: string,
  ): { present: Present; wasAbsent: boolean } {
    const room = this.rooms.get(roomId) ?? new Map<string, Place>();
    this.rooms.set(roomId, room);
    const known = room.get(person.participantId);
    clearTimeout(known?.leaving);
    const wasAbsent = !known || known.present.connections.length === 0;
    const connections = (known?.present.connections ?? []).filter((id) => id !== connectionId);
    const present: Present = { ...person, connections: [...connections, connectionId] };
    room.set(person.participantId, { present });
    return { present, wasAbsent };
  }

  /** Removes a connection. @returns the person when that was the last one */
  disconnect(roomId: string, participantId: string, connectionId: string): Present | null {
    const place = this.rooms.get(roomId)?.get(participantId);
    if (!place) return null;
    place.present.connections = place.present.connections.filter((id) => id !== connectionId);
    return place.present.connections.length === 0 ? place.present : null;
  }

  /** Shows the person as away and calls `left` unless they come back in time. */
  awayFor(roomId: string, participantId: string, ms: number, left: () => void): void {
    const place = this.rooms.get(roomId)?.get(participantId);
    if (!place) return;
    place.present.state = 'away';
    place.leaving = setTimeout(() => {
      this.remove(roomId, participantId);
      left();
    }, ms);
    place.leaving.unref();
  }

  remove(roomId: string, participantId: string): void {
    const room = this.rooms.get(roomId);
    clearTimeout(room?.get(participantId)?.leaving);
    room?.delete(participantId);
    if (room?.size === 0) this.rooms.delete(roomId);
  }

  find(roomId: string, participantId: string): Present | undefined {
    return this.rooms.get(roomId)?.get(participantId)?.present;
  }

  list(roomId: string): Present[] {
    return [...(this.rooms.get(roomId)?.values() ?? [])].map((place) => place.present);
  }

  clear(): void {
    for (const room of this.rooms.values()) {
      for (const place of room.values()) clearTimeout(place.leaving);
    }
    this.rooms.clear();
  }
}
