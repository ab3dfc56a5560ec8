import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const rootDir = fileURLToPath(new URL('../../..', import.meta.url));

export type Environment = Record<string, string | undefined>;

export const serviceNames = ['frontend', 'gateway', 'realtime-service', 'ai-service'] as const;
export type ServiceName = (typeof serviceNames)[number];

export type Ports = Record<ServiceName, number>;

/** Where a copy of the system lives: two copies with other ports and folders do not meet. */
export interface SystemSettings {
  ports: Ports;
  dataDir: string;
  /** What the services listen on. */
  host: string;
}

const defaultPorts: Ports = {
  frontend: 3000,
  gateway: 3001,
  'realtime-service': 3002,
  'ai-service': 3003,
};

const portNames: Record<ServiceName, string> = {
  frontend: 'PORT_FRONTEND',
  gateway: 'PORT_GATEWAY',
  'realtime-service': 'PORT_REALTIME',
  'ai-service': 'PORT_AI',
};

/** Reads PORT_*, DATA_DIR and HOST. @throws Error naming the variable and the rule */
export function readSettings(env: Environment): SystemSettings {
  const ports = { ...defaultPorts };
  for (const name of serviceNames) {
    const given = env[portNames[name]];
    if (given === undefined || given === '') continue;
    const port = Number(given);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`${portNames[name]} precisa ser uma porta, de 1 a 65535.`);
    }
    ports[name] = port;
  }
  return {
    ports,
    dataDir: path.resolve(rootDir, env.DATA_DIR || '.data'),
    host: env.HOST || '127.0.0.1',
  };
}

/** Where a demonstration finds the roots that it trusts: below `teste/`, made by `npm run demo:certificate`. */
export function demoRoots(dataDir: string): string {
  return path.join(dataDir, 'icp-brasil');
}

/** The variable that moves a service to another port. */
export function portVariable(name: ServiceName): string {
  return portNames[name];
}

export function isServiceName(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}

/** Addresses as a browser on this machine uses them. */
export function urlsOf(ports: Ports) {
  return {
    frontend: `http://localhost:${ports.frontend}`,
    gateway: `http://localhost:${ports.gateway}`,
    realtime: `http://localhost:${ports['realtime-service']}`,
    ai: `http://127.0.0.1:${ports['ai-service']}`,
  };
}
