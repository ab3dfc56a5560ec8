import { parseArgs } from 'node:util';
import { demoPassword } from '../system/ready-table.ts';
import { type SystemSettings, urlsOf } from '../system/settings.ts';
import type { RoomCondition } from './in-person-dialogue.ts';

export interface DemoOptions {
  gateway: string;
  /** By default what `/api/me` says. */
  realtime: string | undefined;
  /** Base address of Supabase Auth; the gateway's own by default. */
  auth: string;
  anonKey: string;
  email: string;
  password: string;
  speed: number;
  audio: string[];
  report: string | undefined;
  /** Null: a video call of two tracks. */
  inPerson: InPersonOptions | null;
}

export interface InPersonOptions {
  /** The doctor's voice is enrolled from `enrol.wav` first. */
  enrol: boolean;
  condition: RoomCondition;
}

export const usage = `npm run demo -- [opções]

  --audio PASTA      pasta com medico.wav, paciente.wav e reference.json; pode ser repetida
                     (sem ela: tests/fixtures/audio/dor-toracica)
  --speed N          N vezes mais rápido que o tempo real, até 10 (1)
  --in-person        consulta presencial: toca sala.wav num só microfone e mede quem falou
    --enrol          cadastra antes a voz do médico (enrol.wav) e a apaga no fim
    --noise-db N     acrescenta ruído N dB abaixo da fala
    --gain N         multiplica o volume, por exemplo 0.5
    --reverb         acrescenta reverberação
  --report ARQUIVO   grava as medidas em JSON
  --gateway URL      instalação a medir (a desta máquina, iniciada se não estiver no ar)
  --realtime URL     endereço dos sockets (o que /api/me informa)
  --auth URL         Supabase Auth, quando não é o do gateway    --anon-key CHAVE
  --email E-MAIL     --password SENHA    conta de um médico (a da demonstração)
`;

/** @throws Error in words for a person */
export function parseDemoOptions(args: string[], settings: SystemSettings): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      audio: { type: 'string', multiple: true },
      speed: { type: 'string', default: '1' },
      report: { type: 'string' },
      gateway: { type: 'string', default: urlsOf(settings.ports).gateway },
      realtime: { type: 'string' },
      auth: { type: 'string' },
      'anon-key': { type: 'string', default: 'embedded' },
      email: { type: 'string', default: 'medico@aurora.demo' },
      password: { type: 'string', default: demoPassword },
      'in-person': { type: 'boolean', default: false },
      enrol: { type: 'boolean', default: false },
      'noise-db': { type: 'string' },
      gain: { type: 'string' },
      reverb: { type: 'boolean', default: false },
    },
  });
  const speed = decimal(values.speed);
  // The service takes at most ten times real time.
  if (!(speed > 0 && speed <= 10)) throw new Error('--speed precisa ser um número de 0,1 a 10.');
  return {
    gateway: values.gateway.replace(/\/+$/, ''),
    realtime: values.realtime,
    auth: (values.auth ?? values.gateway).replace(/\/+$/, ''),
    anonKey: values['anon-key'],
    email: values.email,
    password: values.password,
    speed,
    audio: values.audio ?? ['tests/fixtures/audio/dor-toracica'],
    report: values.report,
    inPerson: inPersonOptions({
      ...values,
      inPerson: values['in-person'],
      noiseDb: values['noise-db'],
    }),
  };
}

function inPersonOptions(values: {
  inPerson: boolean;
  enrol: boolean;
  noiseDb?: string | undefined;
  gain?: string | undefined;
  reverb: boolean;
}): InPersonOptions | null {
  const { enrol, gain, inPerson, noiseDb, reverb } = values;
  if (!inPerson) {
    if (enrol || reverb || gain !== undefined || noiseDb !== undefined) {
      throw new Error('--enrol, --noise-db, --gain e --reverb valem com --in-person.');
    }
    return null;
  }
  const condition = {
    noiseDb: noiseDb === undefined ? null : decimal(noiseDb),
    gain: gain === undefined ? 1 : decimal(gain),
    reverb,
  };
  if (Number.isNaN(condition.noiseDb)) throw new Error('--noise-db precisa ser um número.');
  if (!(condition.gain > 0)) throw new Error('--gain precisa ser um número acima de 0.');
  return { enrol, condition };
}

function decimal(text: string): number {
  return Number(text.trim() === '' ? Number.NaN : text.replace(',', '.'));
}
