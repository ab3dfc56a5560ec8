import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { type DecoderReply, type DecoderRequest, decoderReplySchema } from './decoder-protocol.ts';

export interface DecoderProcessOptions {
  readonly script: string;
  readonly modelsDir: string;
  readonly onReply: (reply: DecoderReply) => void;
  /** Once, when the process is gone, for whatever reason. */
  readonly onExit: (how: string) => void;
}

/** One forked decoder: its channel and its end, nothing of jobs. */
export interface DecoderProcess {
  readonly pid: number | undefined;
  send(request: DecoderRequest): void;
  /** Lets it end by itself, then by force. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

function lowerPriority(pid: number): void {
  try {
    // Speech must wait for sockets, never the reverse.
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    // It ended between fork and here, and onExit tells; or the platform has no priorities.
    if (!(error instanceof Error)) throw error;
  }
}

/** Forks a decoder. */
export function forkDecoder(options: DecoderProcessOptions): DecoderProcess {
  const child: ChildProcess = fork(options.script, [options.modelsDir], {
    serialization: 'advanced',
    // The parent's flags (inspector ports, test loaders) are not the child's.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) lowerPriority(child.pid);

  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const end = (how: string) => {
      if (gone) return;
      gone = true;
      resolve();
      options.onExit(how);
    };
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
    child.once('error', (error) => end(error.message));
  });
  child.on('message', (raw) => options.onReply(decoderReplySchema.parse(raw)));

  return {
    pid: child.pid,
    send(request) {
      if (!gone && child.connected) child.send(request, () => undefined);
    },
    async stop(graceMs) {
      if (gone) return;
      if (child.connected) child.disconnect();
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(force);
    },
    kill() {
      if (!gone) child.kill('SIGKILL');
    },
  };
}
