import { AppError, type Logger, type UserCaller } from '@medcall/service-kit';
import type { Participant, RoomJoined, RoomRole } from '@medcall/shared-types';
import {
  type Broadcaster,
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
import type { Presence, Present } from './presence.ts';

/** A dropped line becomes "left" after this. */
const awayMs = 60_000;

/** One connection's place in a room. */
export interface Membership {
  room: RoomView;
  participantId: string;
  role: RoomRole;
  name: string;
}

/** What the service needs of a connection; implemented over Socket.IO. */
export interface ConnectionGate {
  /** From now on the connection hears the room with the ears of this role. */
  open(connectionId: string, membership: Membership): void;
  /** It hears the room no more. */
  close(connectionId: string, roomId: string): void;
  send<E extends ServerEvent>(connectionId: string, event: E, payload: PayloadOf<E>): void;
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
  iceServers: (participantId: string) => IceServer[];
  /** Shows a doctor who (re)joins what was already found. */
  onDoctorJoined: (room: RoomView, connectionId: string) => Promise<void>;
  logger: Logger;
}

/** Who is in a room: arrival, waiting, admission, leaving. */
export class RoomService {
  private readonly options: RoomServiceOptions;

  constructor(options: RoomServiceOptions) {
    this.options = options;
  }

  /**
   * @throws AppError not_found, forbidden, consultation_ended, care_consent_required
   */
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
    const membership: Membership = {
      room: seat.room,
      participantId: person.id,
      role: seat.role,
      name: person.name,
    };
    if (person.admitted) {
      await this.enter(membership, person, connectionId);
      return { state: 'joined', membership };
    }
    this.wait(membership, person, connectionId);
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
  ): Promise<Membership> {
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
    const membership: Membership = { room, participantId: person.id, role, name: person.name };
    presence.connect(room.roomId, { ...personOf(person), state: 'joined' }, connectionId);
    const live = await rooms.of(room);
    gate.open(connectionId, membership);
    gate.send(connectionId, 'presential-joined', {
      consultationId,
      roomId: room.roomId,
      status: room.status,
      transcription: { active: live.transcribing },
      resume: await live.resumePoints(person.sub),
    });
    await onDoctorJoined(room, connectionId);
    return membership;
  }

  /** Lets a waiting person in. */
  async admit(doctor: Membership, participantId: string): Promise<void> {
    const { captures, participants, presence } = this.options;
    const person = await participants.admit(doctor.room.consultationId, participantId);
    if (!person) throw new AppError('not_found');
    await captures.begin(doctor.room.consultationId);
    const room: RoomView = {
      ...doctor.room,
      status: doctor.room.status === 'WAITING' ? 'IN_PROGRESS' : doctor.room.status,
    };
    const connections = presence.find(room.roomId, participantId)?.connections ?? [];
    for (const connectionId of connections) {
      const membership = { room, participantId, role: person.role, name: person.name };
      await this.enter(membership, person, connectionId);
    }
  }

  async deny(doctor: Membership, participantId: string): Promise<void> {
    const { gate, participants, presence } = this.options;
    const person = await participants.deny(doctor.room.consultationId, participantId);
    if (!person) throw new AppError('not_found');
    const { roomId } = doctor.room;
    const connections = presence.find(roomId, participantId)?.connections ?? [];
    presence.remove(roomId, participantId);
    for (const connectionId of connections) {
      gate.send(connectionId, 'admission-denied', { roomId });
      gate.close(connectionId, roomId);
    }
    this.tellLeft(roomId, participantId, 'left');
  }

  /** The person goes for good (until they come back). */
  async leave(membership: Membership, connectionId: string): Promise<void> {
    const { gate, participants, presence } = this.options;
    const { roomId } = membership.room;
    gate.close(connectionId, roomId);
    const last = presence.disconnect(roomId, membership.participantId, connectionId);
    if (!last) return;
    presence.remove(roomId, membership.participantId);
    this.tellLeft(roomId, membership.participantId, 'left');
    await participants.mark(membership.participantId, 'left');
  }

  /** The line dropped: away first, gone after a minute. It never ends the consultation. */
  async dropped(membership: Membership, connectionId: string): Promise<void> {
    const { broadcaster, participants, presence } = this.options;
    const { roomId } = membership.room;
    const { participantId } = membership;
    const last = presence.disconnect(roomId, participantId, connectionId);
    if (!last) return;
    if (last.state === 'waiting') {
      presence.remove(roomId, participantId);
      broadcaster.toRoles(roomId, doctorOnly, 'user-left', {
        roomId,
        participantId,
        reason: 'disconnected',
      });
      await participants.mark(participantId, 'left');
      return;
    }
    presence.awayFor(roomId, participantId, awayMs, () => {
      this.tellLeft(roomId, participantId, 'disconnected');
      this.mark(participantId, 'left');
    });
    broadcaster.toRoles(roomId, everybody, 'participant-updated', {
      roomId,
      participant: shown(last),
    });
    await participants.mark(participantId, 'away');
  }

  /** People of a room as the doctor sees them. */
  participantsOf(roomId: string): Participant[] {
    return this.options.presence.list(roomId).map(shown);
  }

  private wait(membership: Membership, person: ParticipantRow, connectionId: string): void {
    const { broadcaster, presence } = this.options;
    const { roomId } = membership.room;
    const { present } = presence.connect(
      roomId,
      { ...personOf(person), state: 'waiting' },
      connectionId,
    );
    broadcaster.toRoles(roomId, doctorOnly, 'participant-waiting', {
      roomId,
      participant: shown(present),
    });
  }

  private async enter(
    membership: Membership,
    person: ParticipantRow,
    connectionId: string,
  ): Promise<void> {
    const { broadcaster, gate, onDoctorJoined, presence } = this.options;
    const { roomId } = membership.room;
    const { present } = presence.connect(
      roomId,
      { ...personOf(person), state: 'joined' },
      connectionId,
    );
    const welcome = await this.welcome(membership, person, present);
    broadcaster.toRoles(roomId, everybody, 'user-joined', { roomId, participant: shown(present) });
    gate.open(connectionId, membership);
    gate.send(connectionId, 'room-joined', welcome);
    if (membership.role !== 'doctor') return;
    for (const waiting of presence.list(roomId).filter((one) => one.state === 'waiting')) {
      gate.send(connectionId, 'participant-waiting', { roomId, participant: shown(waiting) });
    }
    await onDoctorJoined(membership.room, connectionId);
  }

  private async welcome(
    membership: Membership,
    person: ParticipantRow,
    present: Present,
  ): Promise<RoomJoined> {
    const { iceServers, presence, rooms } = this.options;
    const live = await rooms.of(membership.room);
    const others = presence
      .list(membership.room.roomId)
      .filter((one) => one.participantId !== person.id)
      .filter((one) => membership.role === 'doctor' || one.state !== 'waiting');
    return {
      roomId: membership.room.roomId,
      self: shown(present),
      participants: others.map(shown),
      status: membership.room.status,
      iceServers: iceServers(person.id),
      transcription: { active: live.transcribing },
      resume: await live.resumePoints(person.sub),
    };
  }

  private tellLeft(roomId: string, participantId: string, reason: 'left' | 'disconnected'): void {
    this.options.broadcaster.toRoles(roomId, everybody, 'user-left', {
      roomId,
      participantId,
      reason,
    });
  }

  private mark(participantId: string, state: 'left'): void {
    this.options.participants.mark(participantId, state).catch((error: unknown) => {
      this.options.logger.warn({ err: error }, 'presence could not be stored');
    });
  }
}

function personOf(row: ParticipantRow): Omit<Present, 'connections' | 'state'> {
  return { participantId: row.id, sub: row.sub, name: row.name, role: row.role };
}

function shown(present: Present): Participant {
  return {
    id: present.participantId,
    userId: present.sub,
    name: present.name,
    role: present.role,
    state: present.state,
  };
}
