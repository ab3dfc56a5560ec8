import {
  addAddendum,
  noteAddendum,
  noteView,
  saveNote,
  signNote,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Notes } from '../services/notes/notes.ts';
import type { NotePapers } from '../services/papers/note-papers.ts';
import { pdfAnswer } from './pdf-answer.ts';

const tag = 'Nota da consulta';
const params = z.object({ id: uuid });

export function noteRoutes(notes: Notes, papers: NotePapers): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/note',
      tag,
      summary: 'A nota guardada, rascunho ou assinada, com os adendos',
      params,
      success: { status: 200, description: 'A nota', json: noteView },
      handle: async (context) => ({
        status: 200,
        json: await notes.get(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'put',
      path: '/api/consultations/:id/note',
      tag,
      summary: 'Guarda o texto do médico; `version` é a versão lida',
      params,
      body: saveNote,
      success: { status: 200, description: 'A nota, na versão seguinte', json: noteView },
      handle: async (context) => ({
        status: 200,
        json: await notes.save(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/note/sign',
      tag,
      summary: 'Assina: daí em diante a nota não muda, só recebe adendos',
      params,
      body: signNote,
      success: { status: 200, description: 'A nota assinada', json: noteView },
      handle: async (context) => {
        const { id } = context.params;
        const calling = callingOf(context);
        const signed = await notes.sign(calling, membershipOf(context), id, context.body);
        const signature = await papers.fileSigned(calling, id);
        return { status: 200, json: { ...signed, signature } };
      },
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/note/addenda',
      tag,
      summary: 'Corrige uma nota assinada por um adendo',
      params,
      body: addAddendum,
      success: { status: 201, description: 'O adendo', json: noteAddendum },
      handle: async (context) => ({
        status: 201,
        json: await notes.addAddendum(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body.text,
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id/note.pdf',
      tag,
      summary: 'A nota em PDF; sem assinatura, com RASCUNHO em cada página',
      params,
      success: { status: 200, description: 'O PDF', bytes: ['application/pdf'] },
      handle: async (context) =>
        pdfAnswer(await papers.pdf(callingOf(context), context.params.id), 'registro-da-consulta'),
    }),
  ];
}
