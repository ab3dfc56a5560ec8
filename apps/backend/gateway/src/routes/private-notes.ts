import { privateNote, savePrivateNote, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { PrivateNotes } from '../services/notes/private-notes.ts';

const tag = 'Nota da consulta';
const params = z.object({ id: uuid });

export function privateNoteRoutes(privateNotes: PrivateNotes): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/private-note',
      tag,
      summary: 'As anotações do médico para si; ninguém mais as lê',
      params,
      success: { status: 200, description: 'As anotações', json: privateNote },
      handle: async (context) => ({
        status: 200,
        json: await privateNotes.get(callingOf(context), membershipOf(context), context.params.id),
      }),
    }),
    route({
      method: 'put',
      path: '/api/consultations/:id/private-note',
      tag,
      summary: 'Guarda as anotações; `version` é a versão lida, texto vazio as apaga',
      params,
      body: savePrivateNote,
      success: { status: 200, description: 'As anotações, na versão seguinte', json: privateNote },
      handle: async (context) => ({
        status: 200,
        json: await privateNotes.save(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
  ];
}
