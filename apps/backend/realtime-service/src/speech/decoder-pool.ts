import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { samplesToSeconds, toInt16 } from './pcm.ts';
import { type DecoderProcess, forkDecoder } from './pool/decoder-process.ts';
import type { DecoderReply } from './pool/decoder-protocol.ts';
import { JobQueue } from './pool/job-queue.ts';
import { createPoolCounters } from './pool/pool-counters.ts';
import type { SpeechCapabilities, SpeechEngine, SpeechJob, Transcript } from './ports.ts';
import { SpeechError } from './speech-error.ts';

export interface DecoderPoolOptions {
  readonly modelsDir: string;
  /** Decoder processes; one core stays for sockets and database unless told otherwise. */
  readonly decoders?: number;
  /** Jobs that may wait before partials, speculations and revisions are dropped. */
  readonly capacity?: number;
  /** A decode that takes longer is taken for hung, and its decoder is ended. */
  readonly decodeTimeoutMs?: number;
  readonly startTimeoutMs?: number;
  readonly log?: (message: string, details: Record<string, unknown>) => void;
  /** For tests: another program that speaks the same protocol. */
  readonly script?: string;
  readonly restartDelayMs?: number;
}

const DECODER_SCRIPT = fileURLToPath(new URL('../decoder.ts', import.meta.url));
const CRASHES_TO_SET_ASIDE = 2;
const LONGEST_RESTART_DELAY_MS = 30_000;
const STOP_GRACE_MS = 3_000;

const CAPABILITIES: SpeechCapabilities = {
  logprobs: true,
  noSpeechProbability: true,
  segments: false,
  prompt: true,
  longestSeconds: 30,
  remote: false,
};

interface Pending {
  readonly id: number;
  readonly job: SpeechJob;
  readonly roomId: string;
  readonly priority: SpeechJob['priority'];
  readonly pcm: Int16Array;
  crashes: number;
  /** Given way to a final: its owner hears that it was shed. */
  preempted: boolean;
  resolve(transcript: Transcript): void;
  reject(error: SpeechError): void;
}

interface Slot {
  process: DecoderProcess | null;
  ready: boolean;
  current: Pending | null;
  watchdog: NodeJS.Timeout | null;
  restart: NodeJS.Timeout | null;
  failures: number;
}

/**
 * The embedded engine: decoder processes behind one bounded queue.
 *
 * Finals come first and are never dropped; a running partial gives way to a final when no decoder
 * is free. A decoder that dies is started again after a growing pause and its job is tried once
 * more; a job that ends two decoders is set aside and rejected.
 */
export function createDecoderPool(options: DecoderPoolOptions): SpeechEngine {
  const total = options.decoders ?? Math.max(1, availableParallelism() - 1);
  const decodeTimeoutMs = options.decodeTimeoutMs ?? 60_000;
  const log = options.log ?? (() => undefined);
  const queue = new JobQueue<Pending>(options.capacity ?? 32);
  const counters = createPoolCounters();
  const slots: Slot[] = [];
  let engineName = 'embedded:whisper';
  let nextId = 1;
  let running = false;
  let onReadyChange: () => void = () => undefined;

  function startDecoder(slot: Slot): void {
    slot.process = forkDecoder({
      script: options.script ?? DECODER_SCRIPT,
      modelsDir: options.modelsDir,
      onReply: (reply) => onReply(slot, reply),
      onExit: (how) => onExit(slot, how),
    });
  }

  function finish(slot: Slot, id: number): Pending | null {
    const pending = slot.current;
    if (pending === null || pending.id !== id) return null;
    if (slot.watchdog) clearTimeout(slot.watchdog);
    slot.watchdog = null;
    slot.current = null;
    return pending;
  }

  function onReply(slot: Slot, reply: DecoderReply): void {
    if (reply.type === 'ready') {
      slot.ready = true;
      engineName = reply.engine;
      onReadyChange();
      dispatch();
      return;
    }
    const pending = finish(slot, reply.id);
    if (pending !== null) settle(slot, pending, reply);
    dispatch();
  }

  function settle(
    slot: Slot,
    pending: Pending,
    reply: Exclude<DecoderReply, { type: 'ready' }>,
  ): void {
    switch (reply.type) {
      case 'done':
        slot.failures = 0;
        counters.done(pending.priority(), samplesToSeconds(pending.pcm.length), reply.milliseconds);
        pending.resolve(reply.transcript);
        return;
      case 'cancelled':
        if (pending.preempted) shed(pending);
        else pending.reject(new SpeechError('cancelled', 'The decode was cancelled'));
        return;
      case 'failed':
        counters.failed(reply.message);
        log('A decode failed', { message: reply.message });
        pending.reject(new SpeechError('engine', reply.message));
        return;
      default:
        reply satisfies never;
    }
  }

  function shed(pending: Pending): void {
    counters.shed(pending.priority());
    pending.reject(new SpeechError('shed', 'Dropped under load'));
  }

  function onExit(slot: Slot, how: string): void {
    const pending = slot.current;
    slot.process = null;
    slot.ready = false;
    slot.current = null;
    if (slot.watchdog) clearTimeout(slot.watchdog);
    slot.watchdog = null;
    if (!running) return;
    counters.restarted(`decoder ended: ${how}`);
    log('A decoder ended', { how, hadJob: pending !== null });
    if (pending !== null) afterCrash(pending);
    const delayMs = Math.min(
      LONGEST_RESTART_DELAY_MS,
      (options.restartDelayMs ?? 250) * 2 ** slot.failures,
    );
    slot.failures += 1;
    slot.restart = setTimeout(() => {
      slot.restart = null;
      startDecoder(slot);
    }, delayMs);
    onReadyChange();
    dispatch();
  }

  function afterCrash(pending: Pending): void {
    pending.crashes += 1;
    if (pending.job.signal.aborted) {
      pending.reject(new SpeechError('cancelled', 'The decode was cancelled'));
    } else if (pending.crashes >= CRASHES_TO_SET_ASIDE) {
      counters.setAside();
      log('A job ended its decoder twice and is set aside', {
        roomId: pending.roomId,
        seconds: samplesToSeconds(pending.pcm.length),
      });
      pending.reject(new SpeechError('set_aside', 'The decoder died of this sound twice'));
    } else {
      queue.putBack(pending);
    }
  }

  function run(slot: Slot, pending: Pending): void {
    slot.current = pending;
    slot.watchdog = setTimeout(() => {
      log('A decode hangs, its decoder is ended', { milliseconds: decodeTimeoutMs });
      slot.process?.kill();
    }, decodeTimeoutMs);
    slot.process?.send({
      type: 'decode',
      id: pending.id,
      pcm: pending.pcm,
      language: pending.job.language,
      ...(pending.job.prompt === undefined ? {} : { prompt: pending.job.prompt }),
      ...(pending.job.thorough === undefined ? {} : { thorough: pending.job.thorough }),
    });
  }

  function dispatch(): void {
    for (const slot of slots) {
      if (!slot.ready || slot.current !== null || queue.size === 0) continue;
      const pending = queue.take();
      if (pending !== undefined) run(slot, pending);
    }
    makeWayForFinals();
  }

  /** Whoever waits for a final waits for nothing that nobody must have. */
  function makeWayForFinals(): void {
    let finals = queue.jobs.filter((pending) => pending.priority() === 'final').length;
    for (const victim of ['partial', 'revision'] as const) {
      for (const slot of slots) {
        if (finals === 0) return;
        const current = slot.current;
        if (current === null || current.preempted || current.priority() !== victim) continue;
        current.preempted = true;
        slot.process?.send({ type: 'cancel', id: current.id });
        finals -= 1;
      }
    }
  }

  function cancel(pending: Pending): void {
    if (queue.remove(pending)) {
      counters.cancelled();
      pending.reject(new SpeechError('cancelled', 'Cancelled while it waited'));
      return;
    }
    const slot = slots.find((one) => one.current === pending);
    if (slot === undefined) return;
    counters.cancelled();
    slot.process?.send({ type: 'cancel', id: pending.id });
  }

  function submit(job: SpeechJob): Promise<Transcript> {
    if (!running) return Promise.reject(new SpeechError('stopped', 'The pool is not running'));
    if (job.signal.aborted) {
      return Promise.reject(new SpeechError('cancelled', 'Cancelled before it was asked'));
    }
    return new Promise<Transcript>((resolve, reject) => {
      const onAbort = () => cancel(pending);
      const settled = <T>(then: (value: T) => void) => {
        return (value: T) => {
          job.signal.removeEventListener('abort', onAbort);
          then(value);
        };
      };
      const pending: Pending = {
        id: nextId,
        job,
        roomId: job.roomId,
        priority: job.priority,
        pcm: toInt16(job.pcm),
        crashes: 0,
        preempted: false,
        resolve: settled(resolve),
        reject: settled(reject),
      };
      nextId += 1;
      job.signal.addEventListener('abort', onAbort);
      for (const dropped of queue.push(pending)) shed(dropped);
      dispatch();
    });
  }

  function whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timeoutMs = options.startTimeoutMs ?? 60_000;
      const timer = setTimeout(() => {
        reject(new SpeechError('engine', `No decoder was ready within ${timeoutMs} ms`));
      }, timeoutMs);
      onReadyChange = () => {
        if (!slots.every((slot) => slot.ready)) return;
        clearTimeout(timer);
        onReadyChange = () => undefined;
        resolve();
      };
    });
  }

  return {
    get name() {
      return engineName;
    },
    capabilities: CAPABILITIES,
    async start() {
      if (running) return;
      running = true;
      for (let i = 0; i < total; i += 1) {
        const slot: Slot = {
          process: null,
          ready: false,
          current: null,
          watchdog: null,
          restart: null,
          failures: 0,
        };
        slots.push(slot);
        startDecoder(slot);
      }
      await whenReady();
    },
    async stop() {
      if (!running) return;
      running = false;
      const stopped = new SpeechError('stopped', 'The service stops');
      for (const pending of queue.clear()) pending.reject(stopped);
      const ended = slots.splice(0).map(async (slot) => {
        if (slot.restart) clearTimeout(slot.restart);
        if (slot.watchdog) clearTimeout(slot.watchdog);
        slot.current?.reject(stopped);
        await slot.process?.stop(STOP_GRACE_MS);
      });
      await Promise.all(ended);
    },
    stats() {
      return counters.read({
        engine: engineName,
        total,
        ready: slots.filter((slot) => slot.ready).length,
        busy: slots.filter((slot) => slot.current !== null).length,
        waiting: queue.jobs.map((pending) => ({
          priority: pending.priority(),
          seconds: samplesToSeconds(pending.pcm.length),
        })),
      });
    },
    transcribe: submit,
  };
}
