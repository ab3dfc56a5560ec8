import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A root file system of its own for a command: a mount namespace, this machine's /usr, /etc and /var
 * below a layer that takes the changes, and Node 24 in place of whatever node the machine has. Stands in
 * for the base image (a Debian 12 with Node), needs root on Linux, and is no security boundary.
 */
export interface Sandbox {
  /** Folder that is the root. */
  root: string;
  /** The node binary of the base image. */
  node: string;
  /** Folders of this machine that are shown inside. */
  binds: ReadonlyArray<{ from: string; to: string }>;
  readOnly: boolean;
}

const layered = ['usr', 'etc', 'var'];
/** Debian has them in /usr since it merged both. */
const linked = ['bin', 'lib', 'lib64', 'sbin'];

export interface SandboxCommand {
  argv: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** `uid:gid` */
  user: string;
  /** Process 1 of a process namespace of its own, as in a container without an init. */
  asPid1?: boolean;
  stdio?: 'inherit' | 'pipe';
}

/** Starts a command inside. */
export function spawnInSandbox(sandbox: Sandbox, command: SandboxCommand): ChildProcess {
  const { root } = sandbox;
  for (const name of [...layered, 'proc', 'dev', 'tmp', 'root']) {
    mkdirSync(path.join(root, name), { recursive: true });
  }
  // Here and not in the script: a container and its first health check begin at the same time.
  for (const name of linked) {
    const place = path.join(root, name);
    if (existsSync(`/${name}`) && !lstatSync(place, { throwIfNoEntry: false })) {
      symlinkSync(`usr/${name}`, place);
    }
  }
  const [uid = '0', gid = '0'] = command.user.split(':');
  const inside = [
    '/usr/bin/setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--no-new-privs',
    ...(uid === '0' ? [] : ['--bounding-set=-all']),
    ...command.argv,
  ];
  const script = [
    'set -e',
    ...mounts(sandbox),
    `exec chroot ${quoted(root)} /usr/bin/env --chdir=${quoted(command.cwd)} -i ${Object.entries(
      command.env,
    )
      .map(([name, value]) => quoted(`${name}=${value}`))
      .join(' ')} ${inside.map(quoted).join(' ')}`,
  ].join('\n');
  const namespaces = command.asPid1
    ? ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
    : ['--mount'];
  return spawn('unshare', [...namespaces, '--', 'sh', '-c', script], {
    cwd: '/',
    stdio: ['ignore', command.stdio ?? 'pipe', command.stdio ?? 'pipe'],
    env: { PATH: process.env.PATH },
  });
}

function mounts({ binds, node, readOnly, root }: Sandbox): string[] {
  const layers = `${root}.layers`;
  const at = (name: string) => quoted(path.join(root, name));
  const layer = (name: string, part: string) => {
    const folder = `${layers}/${name}.${part}`;
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  // A place to show the base image's node at, whether or not a step has written to /usr.
  const binaries = path.join(layer('usr', 'upper'), 'local/bin');
  mkdirSync(binaries, { recursive: true });
  writeFileSync(path.join(binaries, 'node'), '', { flag: 'a', mode: 0o755 });
  // Of an overlay that is written to there may be one at a time; a finished image is read by several.
  const overlay = (name: string) =>
    readOnly
      ? `lowerdir=${layer(name, 'upper')}:/${name}`
      : `lowerdir=/${name},upperdir=${layer(name, 'upper')},workdir=${layer(name, 'work')}`;
  return [
    `mount --bind ${quoted(root)} ${quoted(root)}`,
    ...layered.map((name) => `mount -t overlay overlay -o ${overlay(name)} ${at(name)}`),
    // As an engine does; an overlay does not show what is mounted below it.
    ...['hosts', 'resolv.conf'].map((name) => `mount --bind /etc/${name} ${at(`etc/${name}`)}`),
    `mount --bind ${quoted(node)} ${at('usr/local/bin/node')}`,
    `mount -t proc proc ${at('proc')}`,
    `mount --rbind /dev ${at('dev')}`,
    ...binds.flatMap(({ from, to }) => [
      `mkdir -p ${at(to)}`,
      `mount --bind ${quoted(from)} ${at(to)}`,
    ]),
    `mount -t tmpfs tmpfs ${at('tmp')}`,
    ...(readOnly ? [`mount -o remount,bind,ro ${quoted(root)}`] : []),
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
