import { AppError, type Limiter } from '@medcall/service-kit';
import {
  calendarConflicts,
  googleOutcome,
  googleReturn,
  googleVisit,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { publicRoute, type Route, route, type SignedRequest } from '../api/route.ts';
import type { GoogleConflicts } from '../services/agenda/google-conflicts.ts';
import type { GoogleConnection } from '../services/agenda/google-connection.ts';
import type { GoogleNotice, GooglePush } from '../services/agenda/google-push.ts';

const tag = 'Calendário';

/** Without a body: all that Google says of a change is in the headers. */
const notice = z.object({
  channelId: uuid,
  token: z.string().min(1).max(256),
  resourceId: z.string().min(1).max(500),
  state: z.enum(['sync', 'exists', 'not_exists']),
});

export interface GoogleRoutesDeps {
  connection: GoogleConnection;
  conflicts: GoogleConflicts;
  push: GooglePush;
  limiter: Limiter;
}

export function googleCalendarRoutes(deps: GoogleRoutesDeps): Route[] {
  const { conflicts, connection: google, limiter, push } = deps;
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
    route({
      method: 'get',
      path: '/api/calendar/google/conflicts',
      tag,
      summary: 'Consultas futuras em que o Google e a agenda do médico não combinam; só horários',
      success: { status: 200, description: 'As diferenças', json: calendarConflicts },
      handle: async (context) => ({
        status: 200,
        json: { items: await conflicts.list(callingOf(context)) },
      }),
    }),
    route({
      method: 'post',
      path: '/api/calendar/google/conflicts/:id/keep',
      tag,
      summary: 'Vale a agenda: o horário dela volta para o Google',
      params: z.object({ id: uuid }),
      success: { status: 204, description: 'Anotado' },
      handle: async (context) => {
        await conflicts.keep(callingOf(context), membershipOf(context), context.params.id);
        return { status: 204 };
      },
    }),
    publicRoute({
      method: 'post',
      path: '/api/calendar/google/push',
      tag,
      summary: 'Aviso do Google de que um calendário mudou (com o segredo do canal); não diz o quê',
      success: { status: 204, description: 'Recebido' },
      handle: async ({ request }) => {
        await push.receive(noticeOf(request));
        return { status: 204 };
      },
    }),
  ];
}

function noticeOf({ header }: SignedRequest): GoogleNotice {
  const { data } = notice.safeParse({
    channelId: header('x-goog-channel-id'),
    token: header('x-goog-channel-token'),
    resourceId: header('x-goog-resource-id'),
    state: header('x-goog-resource-state'),
  });
  if (!data) throw new AppError('forbidden');
  return data;
}
