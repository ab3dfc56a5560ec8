import { SignJWT } from 'jose';

export const serviceIssuerPrefix = 'service:';
export const serviceAudiencePrefix = 'service:';

export interface ServiceTokenOptions {
  secret: string;
  from: string;
  to: string;
  consultationId?: string;
  clinicaId?: string;
  requestId?: string;
}

/** A 60-second token by which one of our services calls another (DESIGN decision 15). */
export function signServiceToken(options: ServiceTokenOptions): Promise<string> {
  const claims = {
    ...(options.consultationId ? { consultation_id: options.consultationId } : {}),
    ...(options.clinicaId ? { clinica_id: options.clinicaId } : {}),
    ...(options.requestId ? { request_id: options.requestId } : {}),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(serviceIssuerPrefix + options.from)
    .setAudience(serviceAudiencePrefix + options.to)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(new TextEncoder().encode(options.secret));
}
