import {
  coverageItem,
  listOf,
  storedSuggestion,
  transcript,
  transcriptQuery,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Answer, type Route, route } from '../api/route.ts';
import type { Records } from '../services/records.ts';
import { transcriptAsText, transcriptAsVtt } from '../services/transcript-formats.ts';

const tag = 'Registro da consulta';
const params = z.object({ id: uuid });

export function recordRoutes(records: Records): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/transcript',
      tag,
      summary: 'A transcrição: falas finais em ordem, como JSON, texto ou WebVTT',
      params,
      query: transcriptQuery,
      success: {
        status: 200,
        description: 'A transcrição',
        json: transcript,
        text: ['text/plain', 'text/vtt'],
      },
      handle: async (context) => {
        const { format } = context.query;
        const whole = await records.transcript(callingOf(context), context.params.id, format);
        switch (format) {
          case 'json':
            return { status: 200, json: whole };
          case 'txt':
            return download(whole.room_id, 'txt', 'text/plain', transcriptAsText(whole));
          case 'vtt':
            return download(whole.room_id, 'vtt', 'text/vtt', transcriptAsVtt(whole));
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id/coverage',
      tag,
      summary: 'O que a anamnese já cobriu',
      params,
      success: { status: 200, description: 'Os tópicos', json: listOf(coverageItem) },
      handle: async (context) => ({
        status: 200,
        json: {
          items: await records.coverage(callingOf(context), context.params.id),
          nextCursor: null,
        },
      }),
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id/suggestions',
      tag,
      summary: 'As perguntas oferecidas e o que o médico fez de cada uma',
      params,
      success: { status: 200, description: 'As perguntas', json: listOf(storedSuggestion) },
      handle: async (context) => ({
        status: 200,
        json: {
          items: await records.suggestions(callingOf(context), context.params.id),
          nextCursor: null,
        },
      }),
    }),
  ];
}

/** Room ids hold letters, digits, `_` and `-` only: nothing to quote in a file name. */
function download(
  roomId: string,
  extension: string,
  mediaType: string,
  text: string,
): Answer<never> {
  return {
    status: 200,
    text,
    contentType: `${mediaType}; charset=utf-8`,
    headers: {
      'Content-Disposition': `attachment; filename="transcricao-${roomId}.${extension}"`,
    },
  };
}
