import type { Limiter } from '@medcall/service-kit';
import { googleOutcome, googleReturn, googleVisit } from '@medcall/shared-types';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { publicRoute, type Route, route } from '../api/route.ts';
import type { GoogleConnection } from '../services/agenda/google-connection.ts';

const tag = 'Calendário';

export function googleCalendarRoutes(google: GoogleConnection, limiter: Limiter): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/calendar/google/connect',
      tag,
      summary: 'A página do Google em que o médico autoriza a conexão',
      success: { status: 200, description: 'O endereço', json: googleVisit },
      handle: async (context) => ({
        status: 200,
        json: await google.connect(callingOf(context), membershipOf(context)),
      }),
    }),
    publicRoute({
      method: 'get',
      path: '/api/calendar/google/callback',
      tag,
      summary: 'A volta do Google; leva à página que conclui a conexão com a sessão do médico',
      query: googleReturn,
      limiter,
      success: { status: 302, description: 'Para as configurações', text: ['text/plain'] },
      handle: ({ query }) =>
        Promise.resolve({
          status: 302,
          text: '',
          contentType: 'text/plain; charset=utf-8',
          headers: { Location: google.returnPage(query) },
        }),
    }),
    route({
      method: 'post',
      path: '/api/calendar/google/callback',
      tag,
      summary: 'Conclui a conexão com o que o Google respondeu; só para quem a começou',
      body: googleReturn,
      success: { status: 200, description: 'Como terminou', json: googleOutcome },
      handle: async (context) => ({
        status: 200,
        json: await google.comeBack(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/calendar/google',
      tag,
      summary: 'Encerra a conexão com o Google e esquece o que se soube por ela',
      success: { status: 204, description: 'Encerrada' },
      handle: async (context) => {
        await google.disconnect(callingOf(context), membershipOf(context));
        return { status: 204 };
      },
    }),
  ];
}
