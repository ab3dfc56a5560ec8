import path from 'node:path';
import type { Secrets } from './secrets.ts';
import {
  demoRoots,
  type Environment,
  rootDir,
  type ServiceName,
  type SystemSettings,
  serviceNames,
  urlsOf,
} from './settings.ts';

export interface EnvironmentOptions {
  settings: SystemSettings;
  secrets: Secrets;
  databaseUrl: string;
  demo: boolean;
  production: boolean;
}

/** Names that a parent process sets for itself and that would change what its children do. */
const notInherited = ['NODE_ENV', 'PORT', 'VITEST', 'VITEST_POOL_ID', 'VITEST_WORKER_ID', 'TEST'];

/**
 * What a service finds in its environment: sensible values for one machine, over them whatever the
 * person who starts it has set, over that what only the starter can know (ports, database, folders).
 */
export function environmentOf(
  service: ServiceName,
  options: EnvironmentOptions,
  inherited: Environment,
): Environment {
  const { settings, secrets, databaseUrl, demo, production } = options;
  const urls = urlsOf(settings.ports);
  const frontend = settings.ports.frontend;
  const defaults: Environment = {
    ...secrets,
    AUTH_PROVIDER: 'embedded',
    LOG_LEVEL: 'info',
    PUBLIC_GATEWAY_URL: urls.gateway,
    PUBLIC_FRONTEND_URL: urls.frontend,
    GATEWAY_INTERNAL_URL: `http://127.0.0.1:${settings.ports.gateway}`,
    REALTIME_SERVICE_URL: `http://127.0.0.1:${settings.ports['realtime-service']}`,
    AI_SERVICE_URL: urls.ai,
    NEXT_PUBLIC_GATEWAY_HTTP_URL: urls.gateway,
    NEXT_PUBLIC_REALTIME_WS_URL: urls.realtime,
    NEXTAUTH_URL: urls.frontend,
    CORS_ORIGINS: `http://localhost:${frontend},http://127.0.0.1:${frontend}`,
    MODELS_DIR: path.join(rootDir, 'models'),
    GUIDELINES_DIR: path.join(rootDir, 'database/seeds/guidelines'),
    ...(demo ? { ICP_BRASIL_ROOTS: demoRoots(settings.dataDir) } : {}),
    // One machine, one process less: elsewhere `node src/worker.ts` does the jobs.
    JOBS_IN_PROCESS: '1',
    // A clinic's system on the same laptop; in production a webhook goes to the public internet alone.
    ...(production ? {} : { WEBHOOK_ALLOW_LOOPBACK: '1' }),
  };
  const forced: Environment = {
    NODE_ENV: production ? 'production' : 'development',
    NEXT_TELEMETRY_DISABLED: '1',
    // No browser calls the AI service: it is never reachable from outside this machine.
    HOST: service === 'ai-service' ? '127.0.0.1' : settings.host,
    DATA_DIR: settings.dataDir,
    MEDCALL_DEMO: demo ? '1' : '0',
    DATABASE_URL: databaseUrl,
    PORT: String(settings.ports[service]),
    GATEWAY_PORT: String(settings.ports.gateway),
    ...metricsPort(service, inherited.METRICS_PORT),
  };
  return { ...defaults, ...withoutEmpty(inherited), ...forced };
}

/** On one machine the services cannot share a port: the next ones in their order. */
function metricsPort(service: ServiceName, first: string | undefined): Environment {
  if (!first) return {};
  return { METRICS_PORT: String(Number(first) + serviceNames.indexOf(service)) };
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => value !== undefined && value !== '' && !notInherited.includes(name),
    ),
  );
}
