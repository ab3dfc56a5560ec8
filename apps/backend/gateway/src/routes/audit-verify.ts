import { chainReport } from '@medcall/shared-types';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { AuditVerification } from '../audit/audit-verification.ts';

export function auditVerifyRoutes(verification: AuditVerification): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/audit/verify',
      tag: 'Auditoria',
      summary: 'Confere a corrente da auditoria: linhas mudadas, retiradas, inseridas ou cortadas',
      success: { status: 200, description: 'O resultado', json: chainReport },
      handle: async (context) => ({
        status: 200,
        json: await verification.ofClinic(callingOf(context), membershipOf(context).clinicaId),
      }),
    }),
  ];
}
