import { AppError, type UserCaller } from '@medcall/service-kit';
import type { Participant, RoomJoined, RoomRole } from '@medcall/shared-types';
import {
  type Broadcaster,
  type ConnectionCaller,
  doctorOnly,
  everybody,
  type PayloadOf,
  type ServerEvent,
} from './broadcaster.ts';
import type { Captures } from './captures.ts';
import type { Consents } from './consents.ts';
import type { ConsultationReader, RoomView } from './consultation-reader.ts';
import type { IceServer } from './ice-servers.ts';
import type { LiveRooms } from './live-rooms.ts';
import type { ParticipantRow, Participants } from './participants.ts';
import type { Presence, PresenceChange, Present } from './presence.ts';

/** One connection's place in a room. */
export interface Membership {
  room: RoomView;
  participantId: string;
  sub: string;
  role: RoomRole;
  name: string;
}

/** What the service needs of the connections of this node; implemented over Socket.IO. */
export interface ConnectionGate {
  /** From now on the connection hears the room with the ears of this role. */
  open(connectionId: string, membership: Membership): Promise<void>;
  /** It hears the room no more. */
  close(connectionId: string, roomId: string): void;
  send<E extends ServerEvent>(connectionId: string, event: E, payload: PayloadOf<E>): void;
  /** Connections of this node on which the person waits. */
  waiting(participantId: string): Array<{ connectionId: string; membership: Membership }>;
  /** Every connection of this node that has a place in a room. */
  connectionIds(): string[];
}

/** What the doctor decided about a person who waits. */
export interface AdmissionDecision {
  consultationId: string;
  participantId: string;
  admitted: boolean;
}

interface RoomServiceOptions {
  reader: ConsultationReader;
  participants: Participants;
  consents: Consents;
  captures: Captures;
  rooms: LiveRooms;
  presence: Presence;
  broadcaster: Broadcaster;
  gate: ConnectionGate;
  caller: ConnectionCaller;
  iceServers: (participantId: string) => IceServer[];
  /** Shows a doctor who (re)joins what was already found. */
  onDoctorJoined: (room: RoomView, connectionId: string) => Promise<void>;
}

/** Who is in a room: arrival, waiting, admission, leaving. */
export class RoomService {
  private readonly options: RoomServiceOptions;

  constructor(options: RoomServiceOptions) {
    this.options = options;
  }

  /** @throws AppError not_found, forbidden, consultation_ended, care_consent_required */
  async join(
    caller: UserCaller,
    wish: { roomId: string; userId: string; userName: string; role: RoomRole },
    connectionId: string,
  ): Promise<{ state: 'joined' | 'waiting'; membership: Membership }> {
    const { consents, participants, reader } = this.options;
    const seat = await reader.seatOf(caller, { roomId: wish.roomId });
    if (wish.userId !== caller.sub || wish.role !== seat.role) throw new AppError('forbidden');
    const { consultationId } = seat.room;
    if (seat.role !== 'doctor' && !(await consents.accepted(consultationId, 'care'))) {
      throw new AppError('care_consent_required');
    }
    const person = await participants.arrive({
      consultationId,
      sub: caller.sub,
      name: wish.userName,
      role: seat.role,
    });
    const membership = membershipOf(seat.room, person);
    if (person.admitted) {
      await this.enter(membership, connectionId);
      return { state: 'joined', membership };
    }
    await this.wait(membership, connectionId);
    return { state: 'waiting', membership };
  }

  /**
   * The doctor sits down with the patient in one room: no admission, one microphone.
   * @throws AppError not_found, forbidden, consultation_ended, conflict when it is a video call
   */
  async joinPresential(
    caller: UserCaller,
    consultationId: string,
    connectionId: string,
  ): Promise<void> {
    const { gate, onDoctorJoined, participants, presence, reader, rooms } = this.options;
    const { role, room } = await reader.seatOf(caller, { consultationId });
    if (role !== 'doctor') throw new AppError('forbidden');
    if (room.type !== 'PRESENCIAL') throw new AppError('conflict');
    const person = await participants.arrive({
      consultationId,
      sub: caller.sub,
      name: room.doctorName,
      role,
    });
    await presence.connect(person.id, connectionId, 'joined');
    const live = await rooms.of(room);
    await gate.open(connectionId, membershipOf(room, person));
    gate.send(connectionId, 'presential-joined', {
      consultationId,
      roomId: room.roomId,
      status: room.status,
      transcription: { active: live.transcribing },
      resume: await live.resumePoints(person.sub),
    });
    await this.moveHere(room.roomId, person.id, connectionId);
    await onDoctorJoined(room, connectionId);
  }

  /** The doctor lets a waiting person in; every node hears of it and acts. @throws AppError not_found */
  async admit(doctor: Membership, participantId: string): Promise<void> {
    const { captures, participants } = this.options;
    const { consultationId } = doctor.room;
    await captures.begin(consultationId);
    if (!(await participants.admit(consultationId, participantId))) throw new AppError('not_found');
  }

  /** @throws AppError not_found */
  async deny(doctor: Membership, participantId: string): Promise<void> {
    const { consultationId, roomId } = doctor.room;
    if (!(await this.options.participants.deny(consultationId, participantId))) {
      throw new AppError('not_found');
    }
    this.tellLeft(roomId, participantId, 'left', everybody);
  }

  /** Carries the doctor's decision out on the connections of this node. */
  async carryOut(decision: AdmissionDecision): Promise<void> {
    const { gate, reader } = this.options;
    const { admitted, consultationId, participantId } = decision;
    for (const { connectionId, membership } of gate.waiting(participantId)) {
      const room = await reader.byId(consultationId);
      if (admitted) {
        await this.enter({ ...membership, room }, connectionId);
      } else {
        gate.send(connectionId, 'admission-denied', { roomId: room.roomId });
        gate.close(connectionId, room.roomId);
      }
    }
  }

  /** The person goes for good (until they come back). */
  async leave(membership: Membership, connectionId: string): Promise<void> {
    this.options.gate.close(connectionId, membership.room.roomId);
    const change = await this.options.presence.leave(membership.participantId, connectionId);
    if (change) this.tell(change, 'left');
  }

  /** The line dropped: away first, gone after a minute. It never ends the consultation. */
  async dropped(membership: Membership, connectionId: string): Promise<void> {
    const change = await this.options.presence.disconnect(membership.participantId, connectionId);
    if (change) this.tell(change, 'disconnected');
  }

  /** Keeps presence true; called every few seconds. */
  async sweep(): Promise<void> {
    const { gate, presence } = this.options;
    for (const change of await presence.sweep(gate.connectionIds())) {
      this.tell(change, 'disconnected');
    }
  }

  /** People of a room. */
  async participantsOf(consultationId: string): Promise<Participant[]> {
    return (await this.options.presence.list(consultationId)).map(shown);
  }

  /** The connection that gets a joined person's signals, on whichever node it is. */
  connectionOf(consultationId: string, participantId: string): Promise<string | null> {
    return this.options.presence.newestConnection(consultationId, participantId);
  }

  private async wait(membership: Membership, connectionId: string): Promise<void> {
    const { broadcaster, presence } = this.options;
    const { roomId } = membership.room;
    await presence.connect(membership.participantId, connectionId, 'waiting');
    broadcaster.toRoles(roomId, doctorOnly, 'participant-waiting', {
      roomId,
      participant: selfOf(membership, 'waiting'),
    });
  }

  private async enter(membership: Membership, connectionId: string): Promise<void> {
    const { broadcaster, gate, onDoctorJoined, presence } = this.options;
    const { consultationId, roomId } = membership.room;
    await presence.connect(membership.participantId, connectionId, 'joined');
    const people = await presence.list(consultationId);
    const self = selfOf(membership, 'joined');
    const welcome = await this.welcome(membership, self, people);
    broadcaster.toRoles(roomId, everybody, 'user-joined', { roomId, participant: self });
    await gate.open(connectionId, membership);
    gate.send(connectionId, 'room-joined', welcome);
    await this.moveHere(roomId, membership.participantId, connectionId);
    if (membership.role !== 'doctor') return;
    for (const waiting of people.filter((one) => one.state === 'waiting')) {
      gate.send(connectionId, 'participant-waiting', { roomId, participant: shown(waiting) });
    }
    await onDoctorJoined(membership.room, connectionId);
  }

  /** Of two tabs of one person the newer one has the call; the older one is told. */
  private async moveHere(
    roomId: string,
    participantId: string,
    connectionId: string,
  ): Promise<void> {
    const { caller, presence } = this.options;
    for (const other of await presence.otherConnections(participantId, connectionId)) {
      caller.toConnection(other, 'call-moved', { roomId });
    }
  }

  private async welcome(
    membership: Membership,
    self: Participant,
    people: readonly Present[],
  ): Promise<RoomJoined> {
    const { iceServers, rooms } = this.options;
    const live = await rooms.of(membership.room);
    const others = people
      .filter((one) => one.id !== self.id)
      .filter((one) => membership.role === 'doctor' || one.state !== 'waiting');
    return {
      roomId: membership.room.roomId,
      self,
      participants: others.map(shown),
      status: membership.room.status,
      iceServers: iceServers(self.id),
      transcription: { active: live.transcribing },
      resume: await live.resumePoints(self.userId),
    };
  }

  private tell(change: PresenceChange, reason: 'left' | 'disconnected'): void {
    const { id, roomId } = change.who;
    switch (change.kind) {
      case 'away':
        this.options.broadcaster.toRoles(roomId, everybody, 'participant-updated', {
          roomId,
          participant: shown(change.who),
        });
        return;
      case 'left':
        // Nobody but the doctor knew that somebody waited.
        this.tellLeft(roomId, id, reason, change.wasWaiting ? doctorOnly : everybody);
        return;
      default:
        change satisfies never;
    }
  }

  private tellLeft(
    roomId: string,
    participantId: string,
    reason: 'left' | 'disconnected',
    roles: readonly RoomRole[],
  ): void {
    this.options.broadcaster.toRoles(roomId, roles, 'user-left', { roomId, participantId, reason });
  }
}

function membershipOf(room: RoomView, person: ParticipantRow): Membership {
  return {
    room,
    participantId: person.id,
    sub: person.sub,
    role: person.role,
    name: person.name,
  };
}

function selfOf(membership: Membership, state: Participant['state']): Participant {
  return {
    id: membership.participantId,
    userId: membership.sub,
    name: membership.name,
    role: membership.role,
    state,
  };
}

function shown({ id, name, role, state, userId }: Present): Participant {
  return { id, userId, name, role, state };
}
