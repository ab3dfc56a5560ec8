import { audit, type Database } from '@medcall/service-kit';
import type { MedcallRole } from '@medcall/shared-types';
import type { Calling } from './calling.ts';
import type { Member } from './members.ts';

/** Puts a refused request on the record, in a transaction of its own: the caller's is never there. */
export interface Denials {
  record(calling: Calling, who: { role: MedcallRole; member: Member | null }): Promise<void>;
}

export function createDenials(db: Database): Denials {
  return {
    async record(calling, { role, member }) {
      await db.asSystem('audit a refused request', (trx) =>
        audit(trx, {
          action: 'permission.denied',
          outcome: 'denied',
          userId: calling.caller.sub,
          actorKind: role,
          ip: calling.ip,
          requestId: calling.requestId,
          ...(member ? { clinicaId: member.clinicaId } : {}),
        }),
      );
    },
  };
}
