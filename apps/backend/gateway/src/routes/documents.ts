import {
  approveDocument,
  documentDraft,
  documentView,
  listOf,
  replaceDocument,
  revokeDocument,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, type RouteCaller, route } from '../api/route.ts';
import type { Documents } from '../services/documents/documents.ts';
import type { Invited } from '../services/invited.ts';
import type { DocumentPapers } from '../services/papers/document-papers.ts';
import { pdfAnswer } from './pdf-answer.ts';

const tag = 'Documentos';
const params = z.object({ id: uuid });
const documentParams = z.object({ id: uuid, documentId: uuid });

export function documentRoutes(
  documents: Documents,
  papers: DocumentPapers,
  invited: Invited,
): Route[] {
  return [
    ...readingRoutes(documents, papers, invited),
    ...draftRoutes(documents),
    ...decisionRoutes(documents, papers),
  ];
}

function readingRoutes(documents: Documents, papers: DocumentPapers, invited: Invited): Route[] {
  /** The permission table saw to it that it is the token's own; its invitation must still stand. */
  const mustStand = async ({ caller }: RouteCaller) => {
    if (caller.kind === 'patient') await invited.mayReadDocuments(caller);
  };
  return [
    route({
      method: 'get',
      path: '/api/consultations/:id/documents',
      tag,
      summary: 'Os documentos; o paciente vê só os aprovados',
      params,
      success: { status: 200, description: 'Os documentos', json: listOf(documentView) },
      handle: async (context) => {
        await mustStand(context);
        const items = await documents.list(callingOf(context), context.params.id);
        return { status: 200, json: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'get',
      path: '/api/consultations/:id/documents/:documentId/pdf',
      tag,
      summary: 'O documento em PDF; rascunho, com RASCUNHO em cada página',
      params: documentParams,
      success: { status: 200, description: 'O PDF', bytes: ['application/pdf'] },
      handle: async (context) => {
        await mustStand(context);
        const { pdf } = await papers.pdf(callingOf(context), context.params);
        return pdfAnswer(pdf, `documento-${context.params.documentId.slice(0, 8)}`);
      },
    }),
  ];
}

function draftRoutes(documents: Documents): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/consultations/:id/documents',
      tag,
      summary: 'Começa receita, atestado, pedido de exames, orientações ou cópia da nota',
      params,
      body: documentDraft,
      success: { status: 201, description: 'O rascunho', json: documentView },
      handle: async (context) => ({
        status: 201,
        json: await documents.create(
          callingOf(context),
          membershipOf(context),
          context.params.id,
          context.body,
        ),
      }),
    }),
    route({
      method: 'put',
      path: '/api/consultations/:id/documents/:documentId',
      tag,
      summary: 'Altera um rascunho, para quem viu a versão atual',
      params: documentParams,
      body: replaceDocument,
      success: { status: 200, description: 'O rascunho', json: documentView },
      handle: async (context) => ({
        status: 200,
        json: await documents.replace(
          callingOf(context),
          membershipOf(context),
          { ...context.params, version: context.body.version },
          context.body,
        ),
      }),
    }),
  ];
}

function decisionRoutes(documents: Documents, papers: DocumentPapers): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/consultations/:id/documents/:documentId/approve',
      tag,
      summary: 'Aprova: o documento não muda mais e o paciente pode lê-lo',
      params: documentParams,
      body: approveDocument,
      success: { status: 200, description: 'O documento aprovado', json: documentView },
      handle: async (context) => {
        const calling = callingOf(context);
        const approved = await documents.approve(calling, membershipOf(context), {
          ...context.params,
          version: context.body.version,
        });
        const signature = await papers.fileApproved(calling, context.params);
        return { status: 200, json: { ...approved, signature } };
      },
    }),
    route({
      method: 'post',
      path: '/api/consultations/:id/documents/:documentId/revoke',
      tag,
      summary: 'Revoga: fica no prontuário e deixa de valer',
      params: documentParams,
      body: revokeDocument,
      success: { status: 200, description: 'O documento revogado', json: documentView },
      handle: async (context) => ({
        status: 200,
        json: await documents.revoke(
          callingOf(context),
          membershipOf(context),
          context.params,
          context.body.reason,
        ),
      }),
    }),
  ];
}
