import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readEnv } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { aiEnv } from '../../apps/backend/ai-service/src/config/env.ts';
import { readGatewayEnv } from '../../apps/backend/gateway/src/config/env.ts';
import { realtimeEnv } from '../../apps/backend/realtime-service/src/config/env.ts';
import { readEnv as readFrontendEnv } from '../../apps/frontend/src/lib/env.ts';
import { requiredInProduction } from './system/required-in-production.ts';
import { rootDir } from './system/settings.ts';

const schemas = [
  'packages/service-kit/src/config/common-env.ts',
  'packages/service-kit/src/object-store/choose-store.ts',
  'apps/backend/gateway/src/config/env.ts',
  'apps/backend/gateway/src/config/message-env.ts',
  'apps/backend/realtime-service/src/config/env.ts',
  'apps/backend/realtime-service/src/recordings/recording-env.ts',
  'apps/backend/ai-service/src/config/env.ts',
  'apps/frontend/src/lib/env.ts',
];

/** Names of the starter (scripts/), which no service reads. */
const ofTheStarter = [
  'DATABASE_OWNER_URL',
  'PORT_FRONTEND',
  'PORT_GATEWAY',
  'PORT_REALTIME',
  'PORT_AI',
];

/** Set by whoever starts a process, not by whoever configures an installation. */
const ofTheProcess = ['NODE_ENV', 'PORT'];

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

function namesOfSchemas(): Set<string> {
  const names = schemas.flatMap((file) =>
    [...read(file).matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? ''),
  );
  return new Set(names.filter((name) => !ofTheProcess.includes(name)));
}

function exampleLines(): { name: string; value: string; active: boolean }[] {
  return [...read('.env.example').matchAll(/^(# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map((match) => ({
    name: match[2] ?? '',
    value: match[3] ?? '',
    active: match[1] === undefined,
  }));
}

function environment(lines: { name: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(lines.map(({ name, value }) => [name, value]));
}

const readers = {
  gateway: readGatewayEnv,
  'realtime-service': (env: Record<string, string>) => readEnv(realtimeEnv, env),
  'ai-service': (env: Record<string, string>) => readEnv(aiEnv, env),
  frontend: readFrontendEnv,
};

describe('.env.example', () => {
  it('names exactly what the services and the starter read', () => {
    const named = exampleLines().map((line) => line.name);
    expect([...named].sort()).toEqual([...namesOfSchemas(), ...ofTheStarter].sort());
  });

  it('leaves uncommented what production has to be given, and nothing else', () => {
    const active = exampleLines().filter((line) => line.active);
    expect(active.map((line) => line.name).sort()).toEqual([...requiredInProduction].sort());
  });

  it.each(Object.entries(readers))('satisfies %s as it stands', (_service, reader) => {
    const active = exampleLines().filter((line) => line.active);
    expect(() => reader(environment(active))).not.toThrow();
  });

  it.each(Object.entries(readers))('satisfies %s with every line in use', (_service, reader) => {
    expect(() => reader(environment(exampleLines()))).not.toThrow();
  });
});
