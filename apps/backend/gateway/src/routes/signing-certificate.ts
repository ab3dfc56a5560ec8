import { signingCertificateStatus, storeSigningCertificate } from '@medcall/shared-types';
import { callingOf, membershipOf } from '../api/calling-of.ts';
import { type Route, route } from '../api/route.ts';
import type { SigningCertificates } from '../services/signing-certificates.ts';

const tag = 'Assinatura';
const path = '/api/signing-certificate';
const success = {
  status: 200,
  description: 'O certificado, sem a chave',
  json: signingCertificateStatus,
} as const;

export function signingCertificateRoutes(certificates: SigningCertificates): Route[] {
  return [
    route({
      method: 'get',
      path,
      tag,
      summary: 'O certificado ICP-Brasil com que o médico assina os documentos',
      success,
      handle: async (context) => ({
        status: 200,
        json: await certificates.status(callingOf(context), membershipOf(context)),
      }),
    }),
    route({
      method: 'put',
      path,
      tag,
      summary: 'Guarda um certificado A1 (PKCS#12, em base64); a senha não fica',
      body: storeSigningCertificate,
      success,
      handle: async (context) => ({
        status: 200,
        json: await certificates.store(callingOf(context), membershipOf(context), context.body),
      }),
    }),
    route({
      method: 'delete',
      path,
      tag,
      summary: 'Remove o certificado e a chave; o que foi assinado continua assinado',
      success: { status: 204, description: 'Removido' },
      handle: async (context) => {
        await certificates.remove(callingOf(context), membershipOf(context));
        return { status: 204 };
      },
    }),
  ];
}
