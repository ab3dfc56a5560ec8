import type { CallerRole } from '@medcall/shared-types/permission';
import { audit } from '../database/actions.ts';
import type { Database, Trx } from '../database/database.ts';
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
      await db.asSystem('audit a refused request', async (trx) => {
        const clinicaId = await clinicOf(trx, caller, member);
        await audit(trx, {
          action: 'permission.denied',
          outcome: 'denied',
          actorKind: role,
          ip,
          requestId,
          ...(caller.kind === 'service' ? {} : { userId: caller.sub }),
          ...(clinicaId ? { clinicaId } : {}),
        });
      });
    },
  };
}

/** An invited person belongs to the clinic of the consultation that the token names. */
async function clinicOf(
  trx: Trx,
  caller: Caller,
  member: Member | null,
): Promise<string | undefined> {
  if (caller.kind === 'service') return caller.clinicaId ?? undefined;
  if (caller.kind === 'member') return member?.clinicaId;
  const consultation = await trx
    .selectFrom('consultations')
    .select('clinica_id')
    .where('id', '=', caller.consultationId)
    .executeTakeFirst();
  return consultation?.clinica_id;
}
