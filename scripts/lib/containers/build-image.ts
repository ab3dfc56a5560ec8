import { cp, mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { bytesUnder } from '../system/bytes-under.ts';
import { rootDir } from '../system/settings.ts';
import { readDockerIgnore } from './docker-ignore.ts';
import { readDockerfile, type Stage, type Step } from './dockerfile.ts';
import { type Sandbox, spawnInSandbox } from './sandbox.ts';

/** What a Dockerfile came to. */
export interface Image {
  name: string;
  root: string;
  cwd: string;
  env: Record<string, string>;
  user: string;
  command: string[];
  health: string[];
  ports: number[];
  /** Bytes of /app: what is ours of the image. */
  bytes: number;
}

export interface BuildOptions {
  /** Folder in which images grow. */
  work: string;
  /** Name of the image, of its Dockerfile and of its folder. */
  name: string;
  /** The folder that is sent to the builder: a fresh clone. */
  context: string;
  buildArgs: Record<string, string>;
  node: string;
  say: (line: string) => void;
}

interface Growing {
  root: string;
  cwd: string;
  env: Record<string, string>;
  user: string;
}

const basePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Carries out a Dockerfile's very steps, stage by stage, each in a root of its own. */
export async function buildImage(options: BuildOptions): Promise<Image> {
  const { context, name, work } = options;
  const stages = readDockerfile(path.join(context, 'configs/docker', `${name}.Dockerfile`));
  const roots = new Map<string, string>();
  let last: { stage: Stage; grown: Growing } | null = null;
  for (const [index, stage] of stages.entries()) {
    const root = path.join(work, name, stage.name ?? `stage-${index}`);
    await rm(root, { recursive: true, force: true });
    await rm(`${root}.layers`, { recursive: true, force: true });
    await mkdir(root, { recursive: true });
    if (stage.name) roots.set(stage.name, root);
    const grown: Growing = { root, cwd: '/', env: { PATH: basePath }, user: '0:0' };
    for (const step of stage.steps) await carryOut(step, grown, roots, options);
    last = { stage, grown };
  }
  if (!last) throw new Error(`${name}: no stage`);
  const { grown, stage } = last;
  return {
    name,
    ...grown,
    command: stage.command,
    health: stage.health,
    ports: stage.ports,
    bytes: await bytesUnder(path.join(grown.root, 'app')),
  };
}

async function carryOut(
  step: Step,
  grown: Growing,
  roots: Map<string, string>,
  options: BuildOptions,
): Promise<void> {
  switch (step.kind) {
    case 'workdir':
      grown.cwd = path.posix.resolve(grown.cwd, step.path);
      await mkdir(path.join(grown.root, grown.cwd), { recursive: true });
      return;
    case 'user':
      grown.user = step.user;
      return;
    case 'arg':
      grown.env[step.name] ??= options.buildArgs[step.name] ?? step.value;
      return;
    case 'env':
      for (const [name, value] of Object.entries(step.variables)) {
        grown.env[name] = expanded(value, grown.env);
      }
      return;
    case 'copy':
      return copy(step, grown, roots, options);
    case 'run':
      return run(step, grown, options);
    default:
      step satisfies never;
  }
}

function expanded(value: string, env: Record<string, string>): string {
  return value.replace(/\$\{(\w+)\}/g, (_, name: string) => env[name] ?? '');
}

async function copy(
  step: Extract<Step, { kind: 'copy' }>,
  grown: Growing,
  roots: Map<string, string>,
  { context, say }: BuildOptions,
): Promise<void> {
  const from = step.from === null ? context : roots.get(step.from);
  if (from === undefined) throw new Error(`no stage ${step.from}`);
  const isIgnored = readDockerIgnore(path.join(context, '.dockerignore'));
  const target = path.join(grown.root, path.posix.resolve(grown.cwd, step.target));
  say(`  COPY ${step.from ?? ''} ${step.sources.join(' ')} ${step.target}`);
  for (const source of step.sources) {
    const given = path.join(from, source);
    const isFolder = (await stat(given)).isDirectory();
    // A folder's content goes into the target, a file goes under its name into a target that ends in /.
    const into =
      isFolder || !(step.target.endsWith('/') || step.sources.length > 1)
        ? target
        : path.join(target, path.basename(source));
    await mkdir(isFolder ? into : path.dirname(into), { recursive: true });
    const place = into.endsWith('/') || (step.target.endsWith('/') && !isFolder) ? into : into;
    await cp(given, place, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (one) =>
        step.from !== null || one === context || !isIgnored(path.relative(context, one)),
    });
  }
}

/** What the machine's own npm is told about its registry counts in the build too. */
function inheritedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      /^(npm_config_registry|https?_proxy|no_proxy|node_extra_ca_certs)$/i.test(name) && value
        ? [[name, value]]
        : [],
    ),
  );
}

async function run(
  step: Extract<Step, { kind: 'run' }>,
  grown: Growing,
  { name, node, say, work }: BuildOptions,
): Promise<void> {
  say(`  RUN ${step.command.slice(0, 100)}`);
  const binds: Array<{ from: string; to: string }> = [];
  for (const cache of step.caches) {
    const from = path.join(work, 'cache', cache.replaceAll('/', '_'));
    await mkdir(from, { recursive: true });
    binds.push({ from, to: cache });
  }
  const sandbox: Sandbox = { root: grown.root, node, binds, readOnly: false };
  const said: string[] = [];
  const child = spawnInSandbox(sandbox, {
    argv: ['/bin/sh', '-c', step.command],
    cwd: grown.cwd,
    env: { HOME: '/root', CI: 'true', ...inheritedEnv(), ...grown.env },
    user: grown.user,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${name}: RUN ended with ${code}:\n${said.join('').slice(-4000)}`);
}

/** Node as the base image has it: the locked platform package of this repository. */
export function baseNode(): string {
  return path.join(rootDir, 'node_modules', `node-linux-${process.arch}`, 'bin/node');
}
