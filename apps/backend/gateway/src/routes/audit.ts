import {
  accessLogEntry,
  accessLogQuery,
  auditEntry,
  listAuditQuery,
  listOf,
  uuid,
} from '@medcall/shared-types';
import { z } from 'zod';
import { callingOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import { csvOf } from '../services/csv.ts';

const columns = [
  'created_at',
  'action',
  'outcome',
  'actor_kind',
  'actor_name',
  'user_id',
  'table_name',
  'record_id',
  'patient_id',
  'ip',
  'request_id',
] as const;

export function auditRoutes(trail: AuditTrail): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/audit',
      tag: 'Auditoria',
      summary: 'Quem fez o quê; o médico vê quem abriu a ficha dos seus pacientes',
      query: listAuditQuery,
      success: {
        status: 200,
        description: 'Uma página, do mais novo ao mais antigo',
        json: listOf(auditEntry),
        text: ['text/csv'],
      },
      handle: async (context) => {
        const page = await trail.list(callingOf(context), context.query);
        if (context.query.format === 'json') return { status: 200, json: page };
        const rows = page.items.map((item) => columns.map((column) => item[column]));
        return {
          status: 200,
          text: csvOf(columns, rows),
          contentType: 'text/csv; charset=utf-8',
          headers: {
            'Content-Disposition': 'attachment; filename="auditoria.csv"',
            ...(page.nextCursor ? { 'X-Next-Cursor': page.nextCursor } : {}),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/api/patients/:id/access-log',
      tag: 'Auditoria',
      summary: 'Quem abriu e alterou o prontuário deste paciente',
      params: z.object({ id: uuid }),
      query: accessLogQuery,
      success: {
        status: 200,
        description: 'Uma página, do mais novo ao mais antigo',
        json: listOf(accessLogEntry),
      },
      handle: async (context) => ({
        status: 200,
        json: await trail.accessLog(callingOf(context), context.params.id, context.query),
      }),
    }),
  ];
}
