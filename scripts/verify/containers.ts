/**
 * `npm run verify:containers`: what docker-compose.yml starts, without a container engine. A fresh clone of
 * HEAD, each image by its Dockerfile's very steps (scripts/lib/containers), then in a network of their own
 * all services with the compose file's environment, a real nginx with configs/nginx.conf in front, and
 * `npm run demo` through it. Linux, as root, with nginx and redis-server; by hand.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseNode, buildImage, type Image } from '../lib/containers/build-image.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';

const images = ['gateway', 'realtime-service', 'ai-service', 'frontend'];
const say = (line: string) => process.stdout.write(`${line}\n`);

runScript(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('verify:containers needs Linux and root: it makes namespaces.');
  }
  const kept = process.env.CONTAINERS_WORK;
  const work = kept ?? mkdtempSync(path.join(tmpdir(), 'medcall-containers-'));
  mkdirSync(work, { recursive: true });
  try {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: rootDir })
      .toString()
      .trim();
    const built = await build(work, commit);
    const plan = path.join(work, 'plan.json');
    writeFileSync(plan, JSON.stringify({ work, commit, node: baseNode(), images: built }));
    process.exitCode = await insideOwnNetwork(plan);
  } finally {
    if (!kept) rmSync(work, { recursive: true, force: true });
  }
});

async function build(work: string, commit: string): Promise<Array<Image & { seconds: number }>> {
  const context = path.join(work, 'clone');
  rmSync(context, { recursive: true, force: true });
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', rootDir, context]);
  // The whole repository is there for whoever builds; the rules of .dockerignore are what keeps it out.
  if (existsSync(path.join(rootDir, '.env'))) cpSync(path.join(rootDir, '.env'), `${context}/.env`);
  const built: Array<Image & { seconds: number }> = [];
  for (const name of images) {
    const known = path.join(work, `${name}.json`);
    // While working on the verification itself: CONTAINERS_WORK keeps a folder, this takes its images again.
    if (process.env.CONTAINERS_REUSE === '1' && existsSync(known)) {
      built.push(JSON.parse(readFileSync(known, 'utf8')));
      continue;
    }
    say(name);
    const startedAt = Date.now();
    const image = await buildImage({
      work: path.join(work, 'images'),
      name,
      context,
      buildArgs: { MEDCALL_BUILD: commit },
      node: baseNode(),
      say,
    });
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    say(`  ${Math.round(image.bytes / 1e6)} MB in /app, ${seconds} s`);
    built.push({ ...image, seconds });
    writeFileSync(known, JSON.stringify({ ...image, seconds }));
  }
  return built;
}

/** A network with a loopback and nothing else: the compose file's ports are free, and nobody calls out. */
function insideOwnNetwork(plan: string): Promise<number> {
  const run = fileURLToPath(new URL('./containers/run.ts', import.meta.url));
  const script = 'ip link set lo up && mount --bind "$0" /etc/hosts && exec "$1" "$2" "$3"';
  const hosts = `${plan}.hosts`;
  writeFileSync(hosts, hostsFile());
  return new Promise((resolve, reject) => {
    const child = spawn(
      'unshare',
      ['--net', '--mount', '--', 'sh', '-c', script, hosts, process.execPath, run, plan],
      { stdio: 'inherit' },
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function hostsFile(): string {
  const names = [
    'localhost',
    'postgres',
    'redis',
    ...images,
    'medcall.localhost',
    'api.medcall.localhost',
    'realtime.medcall.localhost',
  ];
  return `127.0.0.1 ${names.join(' ')}\n`;
}
