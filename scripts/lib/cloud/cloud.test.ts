import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { rootDir } from '../system/settings.ts';

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');
const build = z
  .looseObject({
    substitutions: z.record(z.string(), z.string()),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        args: z.array(z.string()),
        entrypoint: z.string().optional(),
        env: z.array(z.string()).optional(),
        waitFor: z.array(z.string()),
      }),
    ),
    images: z.array(z.string()),
  })
  .parse(parse(read('cloudbuild.yaml')));
const text = read('cloudbuild.yaml');

describe('cloudbuild.yaml', () => {
  it('every step waits for steps that come before it', () => {
    const before = new Set(['-']);
    for (const { id, waitFor } of build.steps) {
      expect(
        waitFor.filter((one) => !before.has(one)),
        id,
      ).toEqual([]);
      before.add(id);
    }
  });

  it('deploys the three services that the architecture names, each from the image that was built', () => {
    const deployed = [...text.matchAll(/gcloud run deploy (\S+)/g)].map(([, name]) => name);
    expect(deployed.sort()).toEqual([
      'medcall-ai-service',
      'medcall-gateway',
      'medcall-realtime-service',
    ]);
    const files = readdirSync(path.join(rootDir, 'configs/docker'));
    for (const image of build.images) {
      const name = /\/([a-z-]+):/.exec(image)?.[1] ?? '';
      expect(files).toContain(`${name}.Dockerfile`);
      expect(text).toContain(`--image="\${_REPOSITORY}/${name}:\${COMMIT_SHA}"`);
    }
  });

  it('migrates before any service of the new version starts', () => {
    for (const { id, waitFor } of build.steps) {
      if (!id.startsWith('deploy-')) continue;
      const waits = waitFor.includes('migrate') || waitFor.some((one) => one.startsWith('deploy-'));
      expect(waits, id).toBe(true);
    }
  });

  it('names only variables that .env.example documents, and no secret by value', () => {
    const known = new Set(
      [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name),
    );
    const plain = [...text.matchAll(/--set-env-vars="([^"]+)"/g)].flatMap(([, list = '']) =>
      list.split(',').map((one) => one.split('=')[0] ?? ''),
    );
    const secret = [...text.matchAll(/--set-secrets=(\S+)/g)].flatMap(([, list = '']) =>
      list.split(',').map((one) => one.split('=')[0] ?? ''),
    );
    expect([...plain, ...secret].filter((name) => !known.has(name))).toEqual([]);
    expect(plain.filter((name) => /SECRET|PASSWORD|_KEY$|TOKEN|DATABASE|REDIS/.test(name))).toEqual(
      [],
    );
  });

  it('every script stops at its first failure, reads as bash, and runs under an account of ours', () => {
    const scripts = build.steps.filter(({ entrypoint }) => entrypoint === 'bash');
    expect(scripts.length).toBeGreaterThan(3);
    for (const { args, id } of scripts) {
      const script = (args[1] ?? '').replaceAll('$$', '$').replaceAll(/\$\{_?[A-Z_]+\}/g, 'x');
      expect(script, id).toMatch(/^set -euo pipefail\n/);
      const { status, stderr } = spawnSync('bash', ['-n', '-c', script], { encoding: 'utf8' });
      expect({ id, status, stderr }).toEqual({ id, status: 0, stderr: '' });
      const account = id === 'migrate' ? 'medcall-migrate' : 'medcall-run';
      expect(script, id).toContain(`--service-account="${account}@`);
    }
  });

  it('migrates, lets the services in and makes the bucket that they use, as the other ways of deployment do', () => {
    const script = build.steps.find(({ id }) => id === 'migrate')?.args.join(' ') ?? '';
    expect(script).toContain('--args=database/tools/deploy.ts,migrate,login ');
    const words = 'database/tools/deploy.ts';
    expect(read('configs/k8s/migrate-job.yaml')).toContain(`${words}, migrate, login]`);
    expect(read('docker-compose.yml')).toContain(`"${words}", "migrate", "login"]`);
    const store = 'OBJECT_STORE=supabase,STORAGE_BUCKET=medcall';
    expect(script).toContain(store);
    for (const id of ['deploy-realtime-service', 'deploy-gateway']) {
      expect(build.steps.find((one) => one.id === id)?.args.join(' '), id).toContain(store);
    }
  });

  it('only the migration gets the owner’s address', () => {
    const withOwner = build.steps.filter(({ args }) =>
      args.join(' ').includes('DATABASE_OWNER_URL'),
    );
    expect(withOwner.map(({ id }) => id)).toEqual(['migrate']);
  });

  it('the realtime service has its CPU always and never goes to nothing', () => {
    const step = build.steps.find(({ id }) => id === 'deploy-realtime-service');
    const command = step?.args.join(' ') ?? '';
    for (const flag of [
      '--min-instances=1',
      '--no-cpu-throttling',
      '--session-affinity',
      '--timeout=3600',
    ]) {
      expect(command).toContain(flag);
    }
  });
});

describe('vercel.json', () => {
  it('installs from the root’s lock file and builds the frontend near its users', () => {
    const vercel: unknown = JSON.parse(read('apps/frontend/vercel.json'));
    expect(vercel).toMatchObject({
      framework: 'nextjs',
      regions: ['gru1'],
      buildCommand: 'next build',
    });
  });
});
