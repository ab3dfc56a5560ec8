import { parseArgs } from 'node:util';
import { demoPassword } from '../system/ready-table.ts';
import { type SystemSettings, urlsOf } from '../system/settings.ts';

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
}

export const usage = `npm run demo -- [opções]

  --audio PASTA      pasta com medico.wav, paciente.wav e reference.json; pode ser repetida
                     (sem ela: tests/fixtures/audio/dor-toracica)
  --speed N          N vezes mais rápido que o tempo real, até 10 (1)
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
    },
  });
  const speed = Number(values.speed.replace(',', '.'));
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
  };
}
