import {
  AppError,
  type Database,
  lacksSecondFactor,
  notFound,
  type UserCaller,
} from '@medcall/service-kit';
import {
  type ConsultationStatus,
  type ConsultationType,
  isOpen,
  type RoomRole,
} from '@medcall/shared-types';

/** A consultation as the room needs it. */
export interface RoomView {
  consultationId: string;
  roomId: string;
  clinicaId: string;
  doctorId: string;
  doctorAuth: string | null;
  doctorName: string;
  status: ConsultationStatus;
  type: ConsultationType;
  aiEnabled: boolean;
  timelineZeroAt: Date | null;
  endedAt: Date | null;
}

/** What the caller may be in the room. */
export interface Seat {
  room: RoomView;
  role: RoomRole;
}

type RoomKey = { roomId: string } | { consultationId: string };

/** Reads consultations for the room, each time under the caller's own rights. */
export class ConsultationReader {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /**
   * The caller's seat in a consultation.
   * @throws AppError not_found when the database shows the caller no such room,
   * second_factor_required when it shows him nothing for want of that,
   * forbidden for a colleague who may read the chart but is not this consultation's doctor,
   * consultation_ended when it is over
   */
  async seatOf(caller: UserCaller, key: RoomKey): Promise<Seat> {
    const room = await this.visible(caller, key);
    if (!room) throw await this.absence(caller, key);
    if (!isOpen(room.status)) throw new AppError('consultation_ended');
    if (caller.kind === 'patient') return { room, role: caller.role };
    if (room.doctorAuth !== caller.sub) throw new AppError('forbidden');
    return { room, role: 'doctor' };
  }

  /** The room, when the caller may see it at all. */
  async visible(caller: UserCaller, key: RoomKey): Promise<RoomView | null> {
    const row = await this.database.asUser(caller, (trx) => {
      const query = trx
        .selectFrom('consultations as c')
        .leftJoin('medicos as d', 'd.id', 'c.doctor_id')
        .select([...roomColumns, 'd.user_auth as doctorAuth', 'd.nome as doctorNome']);
      return 'roomId' in key
        ? query.where('c.room_id', '=', key.roomId).executeTakeFirst()
        : query.where('c.id', '=', key.consultationId).executeTakeFirst();
    });
    return row ? toRoomView(row) : null;
  }

  /** The room as the service itself sees it. */
  async byId(consultationId: string): Promise<RoomView> {
    const row = await this.database.asSystem('room state', (trx) =>
      trx
        .selectFrom('consultations as c')
        .leftJoin('medicos as d', 'd.id', 'c.doctor_id')
        .select([...roomColumns, 'd.user_auth as doctorAuth', 'd.nome as doctorNome'])
        .where('c.id', '=', consultationId)
        .executeTakeFirst(),
    );
    if (!row) throw notFound();
    return toRoomView(row);
  }

  /**
   * An invitation closes with its consultation, so the database shows its bearer nothing any more:
   * who holds a genuine token for that very room is told that it is over.
   */
  private async absence(caller: UserCaller, key: RoomKey): Promise<AppError> {
    if (caller.kind !== 'patient') {
      const missing = await lacksSecondFactor(this.database, caller);
      return missing ? new AppError('second_factor_required') : notFound();
    }
    const own =
      'roomId' in key ? key.roomId === caller.roomId : key.consultationId === caller.consultationId;
    if (!own) return notFound();
    const room = await this.byId(caller.consultationId);
    return isOpen(room.status) ? notFound() : new AppError('consultation_ended');
  }
}

const roomColumns = [
  'c.id as consultationId',
  'c.room_id as roomId',
  'c.clinica_id as clinicaId',
  'c.doctor_id as doctorId',
  'c.status as status',
  'c.type as type',
  'c.ai_enabled as aiEnabled',
  'c.timeline_zero_at as timelineZeroAt',
  'c.ended_at as endedAt',
] as const;

interface RoomRow extends Omit<RoomView, 'status' | 'type' | 'doctorName'> {
  doctorNome: string | null;
  status: string;
  type: string;
}

function toRoomView(row: RoomRow): RoomView {
  // The columns have check constraints with exactly these values.
  const { doctorNome, status, type, ...rest } = row;
  return {
    ...rest,
    doctorName: doctorNome ?? '',
    status: status as ConsultationStatus,
    type: type as ConsultationType,
  };
}
