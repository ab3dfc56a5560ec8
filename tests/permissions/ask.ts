import { asksNoToken, type CallerRole, permissionOf } from '@medcall/shared-types';
import { apiOf, signIn } from '../../apps/backend/gateway/src/testing/world.ts';
import type { Asked } from './sample.ts';
import type { Scene, SceneConsultation } from './scene.ts';
import type { TestSystem } from './system.ts';

export type CallerName = CallerRole | 'nobody';

export interface Answer {
  status: number;
  code: string | undefined;
  text: string;
  body: never;
}

/** Everybody of one clinic, each with a token. */
export interface Callers {
  tokenOf(caller: CallerName, path: string, asked: Asked): Promise<string | undefined>;
}

/**
 * @param home the scene of the caller's own rows: tokens of rooms and services name its consultations,
 * the asked one when it is one of them and another otherwise
 */
export async function callersOf(system: TestSystem, home: Scene): Promise<Callers> {
  const { gateway } = system;
  const base = await home.consultation();
  const roomToken = async (consultationId: string, kind: 'patient' | 'guest') => {
    const invited = await home.asDoctor('POST', '/api/invitations', { consultationId, kind });
    const { token } = invited.body;
    const exchanged = await apiOf(gateway)('POST', '/api/invitations/exchange', { token });
    return exchanged.body.accessToken as string;
  };
  const fixed = {
    medico: await signIn(gateway, home.doctor),
    admin: await signIn(gateway, home.clinic.admin),
    paciente: await roomToken(base.id, 'patient'),
    convidado: await roomToken(base.id, 'guest'),
  };
  const own = new Set<SceneConsultation>();
  const isOwn = async (consultation: SceneConsultation) => {
    if (own.has(consultation)) return true;
    const row = await home.arrange((trx) =>
      trx
        .selectFrom('consultations')
        .select('doctor_id')
        .where('id', '=', consultation.id)
        .executeTakeFirst(),
    );
    if (row?.doctor_id !== home.doctor.medicoId) return false;
    own.add(consultation);
    return true;
  };
  return {
    async tokenOf(caller, path, { consultation }) {
      const named = consultation && (await isOwn(consultation)) ? consultation : undefined;
      switch (caller) {
        case 'nobody':
          return undefined;
        case 'medico':
        case 'admin':
          return fixed[caller];
        case 'paciente':
        case 'convidado':
          if (!named) return fixed[caller];
          return roomToken(named.id, caller === 'paciente' ? 'patient' : 'guest');
        case 'service': {
          const { id: consultationId, clinicaId } = named ?? base;
          return system.serviceToken(path, { consultationId, clinicaId });
        }
      }
    },
  };
}

/** Sends one request of the table. @param route for example `GET /api/patients/:id` */
export async function send(
  system: TestSystem,
  route: string,
  asked: Asked,
  token: string | undefined,
): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = asked.path?.[name];
    if (value === undefined) throw new Error(`${route}: the sample gives no ${name}`);
    return encodeURIComponent(value);
  });
  const query = asked.query ? `?${new URLSearchParams(asked.query)}` : '';
  const isForm = asked.body instanceof FormData;
  const response = await fetch(system.urlOf(pattern) + path + query, {
    method,
    // Where an answer sends the browser is no route of ours.
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(asked.body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(asked.body === undefined
      ? {}
      : { body: asked.body instanceof FormData ? asked.body : JSON.stringify(asked.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  const body = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, code: body?.error?.code, text, body: body as never };
}

/** Whether a list's answer holds the row. */
export function isShown({ shows }: Asked, answer: Answer): boolean {
  if (shows === undefined) throw new Error('the sample names nothing to look for');
  return typeof shows === 'string' ? answer.text.includes(shows) : shows(answer.body);
}

export function isOpenRoute(route: string): boolean {
  return asksNoToken(permissionOf(route));
}
