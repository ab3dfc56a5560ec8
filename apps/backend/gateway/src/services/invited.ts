import { AppError, type Clock, type Database, type PatientCaller } from '@medcall/service-kit';
import type { RoomConsultation } from '@medcall/shared-types';
import { type InvitedRow, mustBeUsable, roomView, selectInvited } from './invitations.ts';

/** People who come with a room token. */
export interface Invited {
  /**
   * Their own consultation, after a check that invitation and consultation are open.
   * @throws AppError unauthenticated for a withdrawn invitation, consultation_ended for a closed room
   */
  consultationOf(caller: PatientCaller): Promise<RoomConsultation>;
  /**
   * The patient's own link while the consultation is open, or a link to documents while it is valid.
   * @throws AppError as above
   */
  mayReadDocuments(caller: PatientCaller): Promise<void>;
}

export function createInvited(db: Database, clock: Clock): Invited {
  const openInvitation = async (caller: PatientCaller): Promise<InvitedRow> => {
    const invited = await db.asSystem(
      'check an invitation at each use',
      (trx) =>
        selectInvited(trx)
          .where('i.id', '=', caller.invitationId)
          .where('i.participant_sub', '=', caller.sub)
          .where('c.id', '=', caller.consultationId)
          .executeTakeFirst(),
      { readOnly: true },
    );
    if (!invited) throw new AppError('unauthenticated');
    try {
      mustBeUsable(invited, clock.now());
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'not_found') {
        throw new AppError('unauthenticated', { message: cause.message, cause });
      }
      throw cause;
    }
    return invited;
  };
  return {
    async consultationOf(caller) {
      const invited = await openInvitation(caller);
      // A link to documents opens no room and gives no consent.
      if (invited.kind === 'documents') throw new AppError('forbidden');
      return roomView(invited);
    },
    async mayReadDocuments(caller) {
      const { kind } = await openInvitation(caller);
      if (kind === 'guest') throw new AppError('forbidden');
    },
  };
}
