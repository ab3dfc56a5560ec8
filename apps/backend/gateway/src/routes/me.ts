import { me } from '@medcall/shared-types';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Profile } from '../services/profile.ts';

export function meRoutes(profile: Profile): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me',
      tag: 'Conta',
      summary: 'A pessoa, a clínica, o que pode fazer e onde estão os sockets',
      success: { status: 200, description: 'Quem está conectado', json: me },
      handle: async (context) => ({
        status: 200,
        json: await profile.me(callingOf(context), membershipOf(context)),
      }),
    }),
  ];
}
