import { AppError, type Database, notFound, type UserCaller } from '@medcall/service-kit';
import { type RoomRole, type Speaker, speakerOfRole } from '@medcall/shared-types';
import type { ConsultationReader, RoomView } from './consultation-reader.ts';
import type { Participants } from './participants.ts';

/** A sender's place on the native PCM socket. */
export interface PcmSeat {
  room: RoomView;
  role: RoomRole;
  participantId: string;
  speaker: Speaker;
}

/** Decides who may send PCM into which running capture. */
export class PcmAdmission {
  private readonly database: Database;
  private readonly reader: ConsultationReader;
  private readonly participants: Participants;

  constructor(options: {
    database: Database;
    reader: ConsultationReader;
    participants: Participants;
  }) {
    this.database = options.database;
    this.reader = options.reader;
    this.participants = options.participants;
  }

  /**
   * @throws AppError not_found for a capture that the caller cannot see, not_joined for somebody
   * who was not let in, not_transcribing for a capture that is closed, forbidden for another userId
   */
  async seatOf(caller: UserCaller, wish: { sessionId: string; userId: string }): Promise<PcmSeat> {
    if (wish.userId !== caller.sub) throw new AppError('forbidden');
    const session = await this.database.asSystem('capture of a pcm socket', (trx) =>
      trx
        .selectFrom('sessions')
        .select(['consultation_id', 'status'])
        .where('id', '=', wish.sessionId)
        .executeTakeFirst(),
    );
    if (!session) throw notFound();
    const { role, room } = await this.reader.seatOf(caller, {
      consultationId: session.consultation_id,
    });
    if (session.status !== 'ACTIVE') throw new AppError('not_transcribing');
    const self = await this.participants.find(room.consultationId, caller.sub);
    if (!self?.admitted) throw new AppError('not_joined');
    return {
      room,
      role,
      participantId: self.id,
      speaker: room.type === 'ONLINE' ? speakerOfRole(role) : 'UNKNOWN',
    };
  }
}
