import {
  leaveWaitingMessage,
  listOf,
  uuid,
  waitingMessage,
  waitingPlace,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, type RouteCaller, route } from '../api/route.ts';
import type { Invited } from '../services/invited.ts';
import type { WaitingRoom } from '../services/waiting-room.ts';

const tag = 'Sala de espera';
const params = z.object({ id: uuid });

export function waitingRoomRoutes(waitingRoom: WaitingRoom, invited: Invited): Route[] {
  /** A room token counts while invitation and consultation are open. */
  const mustBeOpen = async ({ caller }: RouteCaller) => {
    if (caller.kind === 'patient') await invited.consultationOf(caller);
  };
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/waiting-place',
      tag,
      summary: 'Quantas pessoas do mesmo médico chegaram antes e esperam; só números',
      params,
      success: { status: 200, description: 'O lugar', json: waitingPlace },
      handle: async (context) => {
        await mustBeOpen(context);
        return {
          status: 200,
          json: await waitingRoom.place(callingOf(context), context.params.id),
        };
      },
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id/waiting-messages',
      tag,
      summary: 'Recados que o paciente deixou enquanto esperava, do mais antigo ao mais novo',
      params,
      success: { status: 200, description: 'Os recados', json: listOf(waitingMessage) },
      handle: async (context) => {
        await mustBeOpen(context);
        const items = await waitingRoom.messages(callingOf(context), context.params.id);
        return { status: 200, json: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/waiting-messages',
      tag,
      summary: 'Deixa um recado ao médico',
      params,
      body: leaveWaitingMessage,
      success: { status: 201, description: 'O recado', json: waitingMessage },
      handle: async (context) => {
        await mustBeOpen(context);
        return {
          status: 201,
          json: await waitingRoom.leave(callingOf(context), context.params.id, context.body.text),
        };
      },
    }),
  ];
}
