import type { CallerRole } from '@medcall/shared-types/permission';
import { audit } from '../database/actions.ts';
import type { Database } from '../database/database.ts';
import type { Caller } from './caller.ts';
import type { Member } from './membership.ts';

/** Who was refused, and by which request. */
export interface Denial {
  caller: Caller;
  role: CallerRole;
  member: Member | null;
  ip: string;
  requestId: string;
}

/** Puts refused requests on the record, in a transaction of their own: the caller's is never there. */
export interface Denials {
  record(denial: Denial): Promise<void>;
}

export function createDenials(db: Database): Denials {
  return {
    async record({ caller, role, member, ip, requestId }) {
      const clinicaId = caller.kind === 'service' ? caller.clinicaId : member?.clinicaId;
      await db.asSystem('audit a refused request', (trx) =>
        audit(trx, {
          action: 'permission.denied',
          outcome: 'denied',
          actorKind: role,
          ip,
          requestId,
          ...(caller.kind === 'service' ? {} : { userId: caller.sub }),
          ...(clinicaId ? { clinicaId } : {}),
        }),
      );
    },
  };
}
