import { approveLetter, letterView, saveLetter, uuid } from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { Letters } from '../services/documents/letters.ts';
import type { DocumentPapers } from '../services/papers/document-papers.ts';

const tag = 'Documentos';
const params = z.object({ id: uuid });

export function letterRoutes(letters: Letters, papers: DocumentPapers): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/letter',
      tag,
      summary: 'A carta ao paciente, rascunho ou aprovada',
      params,
      success: { status: 200, description: 'A carta', json: letterView },
      handle: async (context) => ({
        status: 200,
        json: await letters.get(callingOf(context), context.params.id),
      }),
    }),
    route({
      method: 'put',
      path: '/api/consultations/:id/letter',
      tag,
      summary: 'Guarda o texto da carta; `version` é a versão lida',
      params,
      body: saveLetter,
      success: { status: 200, description: 'A carta', json: letterView },
      handle: async (context) => ({
        status: 200,
        json: await letters.save(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/letter/approve',
      tag,
      summary: 'Aprova: só então o paciente pode ler a carta',
      params,
      body: approveLetter,
      success: { status: 200, description: 'A carta aprovada', json: letterView },
      handle: async (context) => {
        const { id } = context.params;
        const calling = callingOf(context);
        const { documentId, ...approved } = await letters.approve(
          calling,
          membershipOf(context),
          id,
          context.body.version,
        );
        await papers.fileApproved(calling, { id, documentId });
        return { status: 200, json: approved };
      },
    }),
  ];
}
