import type { Limiter } from '@medcall/service-kit';
import { verification } from '@medcall/shared-types';
import { z } from 'zod';
import { publicRoute, type Route } from '../api/route.ts';
import type { Verifications } from '../services/documents/verifications.ts';

export function verificationRoutes(verifications: Verifications, limiter: Limiter): Route[] {
  return [
    publicRoute({
      method: 'get',
      path: '/api/verify/:code',
      tag: 'Documentos',
      summary: 'Se um documento com este código é autêntico e ainda vale; nada do seu conteúdo',
      params: z.object({ code: z.string().min(8).max(40) }),
      success: { status: 200, description: 'O que se pode conferir', json: verification },
      limiter,
      handle: async ({ params }) => ({
        status: 200,
        json: await verifications.check(params.code),
      }),
    }),
  ];
}
