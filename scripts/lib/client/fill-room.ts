import type { ConsentType, Consultation, Me } from '@medcall/shared-types';
import { ApiClient } from './api.ts';
import { RoomConnection } from './room-connection.ts';

/** Who plays the doctor, and where. */
export interface Stage {
  gateway: string;
  realtimeUrl: string;
  me: Me;
  doctorToken: () => Promise<string>;
  /** What the doctor's page sends along where pages are traced. */
  traceparent?: () => string;
}

export interface RoomWishes {
  aiEnabled?: boolean;
  /** What the patient accepts; anything else stays unanswered, which counts as refused. */
  consents?: readonly ConsentType[];
}

export interface FilledRoom {
  consultation: Consultation;
  doctor: RoomConnection;
  patient: RoomConnection;
  patientName: string;
  /** The patient's room token. */
  patientToken: string;
}

/**
 * A new consultation with both people inside: the doctor creates and invites, the patient consents
 * and waits, the doctor admits.
 */
export async function fillRoom(stage: Stage, wishes: RoomWishes = {}): Promise<FilledRoom> {
  const api = new ApiClient(stage.gateway, await stage.doctorToken(), stage.traceparent);
  const someone =
    (await api.patients())[0] ?? (await api.createPatient('Paciente da demonstração'));
  const consultation = await api.createConsultation({
    patient_id: someone.id,
    type: 'ONLINE',
    ...(wishes.aiEnabled === undefined ? {} : { ai_enabled: wishes.aiEnabled }),
  });
  const invitation = await api.invite(consultation.id);
  const open = new ApiClient(stage.gateway);
  const exchanged = await open.exchangeInvitation(invitation.token);
  const asPatient = new ApiClient(stage.gateway, exchanged.accessToken);
  for (const type of wishes.consents ?? ['care', 'ai']) {
    await asPatient.giveConsent(consultation.id, { type, accepted: true });
  }
  const room = { realtimeUrl: stage.realtimeUrl, roomId: consultation.roomId };
  const patientName = exchanged.consultation.participantName;
  const doctor = new RoomConnection({
    ...room,
    user: { id: stage.me.user.id, name: stage.me.user.name, role: 'doctor' },
    token: stage.doctorToken,
    traceparent: stage.traceparent,
  });
  const patient = new RoomConnection({
    ...room,
    user: { id: subjectOf(exchanged.accessToken), name: patientName, role: 'patient' },
    token: async () => (await open.exchangeInvitation(invitation.token)).accessToken,
  });
  try {
    await admit(consultation.roomId, doctor, patient);
  } catch (error) {
    doctor.close();
    patient.close();
    throw error;
  }
  return { consultation, doctor, patient, patientName, patientToken: exchanged.accessToken };
}

/** Both enter, and the doctor lets the patient in. */
export async function admit(
  roomId: string,
  doctor: RoomConnection,
  patient: RoomConnection,
): Promise<void> {
  await doctor.enter();
  const waiting = doctor.waitFor('participant-waiting', (p) => p.participant.role === 'patient');
  const admitted = patient.waitFor('room-joined', undefined, 30_000);
  // Whichever fails first is what the caller hears of; the other must not end the process.
  admitted.catch(() => undefined);
  waiting.catch(() => undefined);
  if ((await patient.enter()) === 'waiting') {
    const { participant } = await waiting;
    await doctor.request('admit-participant', { roomId, participantId: participant.id });
  }
  await admitted;
}

/** The `sub` of a token. Its signature is the service's business; here it only names its bearer. */
export function subjectOf(token: string): string {
  const claims: unknown = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
  );
  if (claims !== null && typeof claims === 'object' && 'sub' in claims) return String(claims.sub);
  throw new Error('the token names nobody');
}
