import { io, type Socket } from 'socket.io-client';
import { expect } from 'vitest';
import { z } from 'zod';
import { connectPcm } from '../clients/pcm-client.ts';

export interface ClientWorld {
  /** The one address that the client was built with; it never learns of a migration. */
  url: string;
  email: string;
  password: string;
  /** What `/api/me` should say of the sockets, and where that is reached in this test. */
  realtime: { told: string; reached: string };
}

const id = z.object({ id: z.string() });
const second = new Int16Array(1600);

/**
 * The client's own tests, written against the monolith: a doctor signs in, registers a patient, opens a
 * consultation in person, records, and ends it. They must stay green whoever answers.
 */
export async function runClientSuite(world: ClientWorld): Promise<void> {
  const call = caller(world.url);
  const token = z
    .object({ access_token: z.string() })
    .parse(await call('POST', '/auth/v1/token?grant_type=password', 200, credentials(world)));
  const asDoctor = caller(world.url, token.access_token);

  await call('GET', '/api/me', 401);
  const me = await asDoctor('GET', '/api/me', 200);
  expect(me).toMatchObject({ user: { email: world.email }, realtimeUrl: world.realtime.told });
  const { user } = z.object({ user: id }).parse(me);

  const name = `Paciente ${Math.random().toString(36).slice(2)}`;
  const patient = id.parse(await asDoctor('POST', '/api/patients', 201, { name }));
  expect(
    await asDoctor('GET', `/api/patients?search=${encodeURIComponent(name)}`, 200),
  ).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ id: patient.id, name })]),
  });

  const consultation = z.object({ id: z.string(), roomId: z.string() }).parse(
    await asDoctor('POST', '/api/consultations', 201, {
      patient_id: patient.id,
      type: 'PRESENCIAL',
    }),
  );
  const own = `/api/consultations/${consultation.id}`;
  for (const type of ['care', 'ai']) {
    const given = await asDoctor('POST', `${own}/consents`, 201, { type, accepted: true });
    expect(given).toMatchObject({ type, accepted: true });
  }
  expect(await asDoctor('GET', `/api/rooms/${consultation.roomId}`, 200)).toMatchObject({
    room_id: consultation.roomId,
    consultation_id: consultation.id,
  });
  const recordings = await asDoctor('GET', `/api/recordings?room_id=${consultation.roomId}`, 200);
  expect(recordings).toMatchObject({ items: [] });

  await record(world.realtime.reached, {
    token: token.access_token,
    userId: user.id,
    consultation,
    asDoctor,
  });

  expect(await asDoctor('GET', own, 200)).toMatchObject({ status: 'COMPLETED' });
  expect(await asDoctor('GET', '/api/ai-pricing/stats', 200)).toMatchObject({
    totalBrl: expect.any(String),
  });
  await asDoctor('GET', '/api/consultations/00000000-0000-4000-8000-000000000000', 404);
}

type Call = (method: string, path: string, status: number, body?: unknown) => Promise<unknown>;

/** The recording screen: Socket.IO as browsers open it (polling, then upgraded), and the PCM socket. */
async function record(
  url: string,
  room: {
    token: string;
    userId: string;
    consultation: { id: string; roomId: string };
    asDoctor: Call;
  },
): Promise<void> {
  const { token, userId, consultation, asDoctor } = room;
  const socket = io(url, { auth: { token }, forceNew: true, reconnection: false });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    const consultationId = consultation.id;
    await emit(socket, 'join-presential', { consultationId });
    await emit(socket, 'start-recording', { consultationId });
    const chunk = { consultationId, seq: 0, sampleRate: 16_000, data: second.buffer };
    expect(await emit(socket, 'audio-data', chunk)).toMatchObject({ ackedSeq: 0 });
    const sessions = z
      .object({ items: z.array(id) })
      .parse(await asDoctor('GET', `/api/sessions?room_id=${consultation.roomId}`, 200));
    const sessionId = sessions.items[0]?.id ?? '';
    const pcm = await connectPcm({ url, sessionId, userId, token, captureId: 'pcm' });
    pcm.send(0, second);
    await pcm.next((frame) => frame.type === 'ack' && frame.ackedSeq === 0);
    pcm.close();
    await pcm.closed;
    await emit(socket, 'stop-recording', { consultationId });
    await emit(socket, 'end-presential', { consultationId });
  } finally {
    socket.close();
  }
}

async function emit(socket: Socket, event: string, payload: unknown): Promise<unknown> {
  const answer = await socket.timeout(20_000).emitWithAck(event, payload);
  expect(answer, event).toMatchObject({ ok: true });
  return answer;
}

function credentials({ email, password }: ClientWorld) {
  return { email, password };
}

/** Calls as the client does; the status is part of each test. */
function caller(url: string, token?: string): Call {
  return async (method, path, status, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        apikey: 'anon-key',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    expect(answer.status, `${method} ${path}: ${text}`).toBe(status);
    return text === '' ? undefined : JSON.parse(text);
  };
}
