import { createRequire } from 'node:module';
import path from 'node:path';
import { rootDir, type ServiceName, type SystemSettings } from './settings.ts';

export interface ServiceCommand {
  args: string[];
  cwd: string;
  /** Answers 200 once the service can serve. */
  readyUrl: string;
}

/** How each service is started with this very Node. `mode` matters to the frontend only. */
export function commandOf(
  service: ServiceName,
  settings: SystemSettings,
  mode: 'dev' | 'start',
): ServiceCommand {
  const port = settings.ports[service];
  const origin = `http://127.0.0.1:${port}`;
  if (service !== 'frontend') {
    return {
      args: [path.join('apps', 'backend', service, 'src', 'index.ts')],
      cwd: rootDir,
      readyUrl: `${origin}/api/health/ready`,
    };
  }
  const cwd = path.join(rootDir, 'apps', 'frontend');
  return {
    args: [nextBinary(cwd), mode, '--port', String(port), '--hostname', settings.host],
    cwd,
    readyUrl: `${origin}/login`,
  };
}

export function nextBinary(frontendDir: string): string {
  return createRequire(path.join(frontendDir, 'package.json')).resolve('next/dist/bin/next');
}
