import { clinicSecondFactor, requireSecondFactor, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { ClinicSecondFactors } from '../services/clinic-second-factors.ts';

const tag = 'Clínica';

export function secondFactorRoutes(secondFactors: ClinicSecondFactors): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/clinic/second-factor',
      tag,
      summary: 'Se a clínica exige a verificação em duas etapas, e quem já a ativou',
      success: { status: 200, description: 'A regra e as pessoas', json: clinicSecondFactor },
      handle: async (context) => ({
        status: 200,
        json: await secondFactors.get(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'put',
      path: '/api/clinic/second-factor',
      tag,
      summary: 'Passa a exigir a verificação em duas etapas, ou deixa de exigir',
      body: requireSecondFactor,
      success: { status: 200, description: 'A regra e as pessoas', json: clinicSecondFactor },
      handle: async (context) => ({
        status: 200,
        json: await secondFactors.require(
          callingOf(context),
          membershipOf(context),
          context.body.required,
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/clinic/second-factor/:memberId/reset',
      tag,
      summary: 'Aparelho perdido: apaga a segunda etapa de alguém e encerra suas sessões',
      params: z.object({ memberId: uuid }),
      success: { status: 200, description: 'A regra e as pessoas', json: clinicSecondFactor },
      handle: async (context) => ({
        status: 200,
        json: await secondFactors.reset(
          callingOf(context),
          membershipOf(context),
          context.params.memberId,
        ),
      }),
    }),
  ];
}
