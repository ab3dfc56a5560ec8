import { noteView, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { NoteDrafting } from '../services/notes/note-drafting.ts';

export function noteDraftRoutes(drafting: NoteDrafting): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/consultations/:id/note/draft',
      tag: 'Nota da consulta',
      summary: 'Rascunha a nota a partir da transcrição; o que o médico escreveu fica',
      params: z.object({ id: uuid }),
      success: { status: 200, description: 'A nota com o rascunho', json: noteView },
      handle: async (context) => ({
        status: 200,
        json: await drafting.draft(callingOf(context), membershipOf(context), context.params.id),
      }),
    }),
  ];
}
