import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { createTokenVerifier, roomIssuer, type TokenVerifier } from '../auth/token-verifier.ts';
import type { TestConsultation, TestDoctor, TestInvitation } from './world.ts';

/** Who signs the tokens of people with a login. */
export const peopleIssuer = 'https://identity.test/auth/v1';

/** Signs tokens as the gateway does, with keys of this test. */
export interface TestTokens {
  verifier: TokenVerifier;
  /** The public key, for a service in a process of its own. */
  jwks: JSONWebKeySet;
  /** @param factors `aal` and `amr` of the token */
  forDoctor(
    doctor: TestDoctor,
    expires?: string | Date,
    factors?: Record<string, unknown>,
  ): Promise<string>;
  forInvited(
    consultation: TestConsultation,
    invitation: TestInvitation,
    role?: 'paciente' | 'convidado',
  ): Promise<string>;
}

export async function createTestTokens(): Promise<TestTokens> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = async () => publicKey;
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] },
    verifier: createTokenVerifier([
      { issuer: peopleIssuer, audience: 'authenticated', algorithms: ['ES256'], key },
      { issuer: roomIssuer, audience: roomIssuer, algorithms: ['ES256'], key },
    ]),
    forDoctor: (doctor, expires = '15m', factors = {}) =>
      new SignJWT({ role: 'authenticated', ...factors })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(peopleIssuer)
        .setAudience('authenticated')
        .setSubject(doctor.sub)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(privateKey),
    forInvited: (consultation, invitation, role = 'paciente') =>
      new SignJWT({
        room_id: consultation.roomId,
        consultation_id: consultation.id,
        invitation_id: invitation.id,
        medcall_role: role,
      })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(roomIssuer)
        .setAudience(roomIssuer)
        .setSubject(invitation.sub)
        .setIssuedAt()
        .setExpirationTime('15m')
        .sign(privateKey),
  };
}
