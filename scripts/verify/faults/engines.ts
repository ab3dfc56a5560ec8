import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AudioBehaviour,
  type FakeAudioServer,
  startFakeAudioServer,
} from '../../../tests/fakes/openai-audio.ts';
import { waitUntil } from '../../lib/system/wait-until.ts';
import { nameOf } from '../lib/stub-decoder.ts';
import { calm, disturbed, type Fault, judged, stubEngine } from './fault.ts';

function environment(server: FakeAudioServer): Record<string, string> {
  return {
    STT_PROVIDER: 'openai',
    // Alone: a fallback would hide what is wrong with it.
    STT_FALLBACK: 'openai',
    OPENAI_BASE_URL: `${server.url}/v1`,
    OPENAI_API_KEY: server.apiKey,
  };
}

/** A foreign engine that misbehaves in these ways, one call after the other, in the middle of it. */
function engineFault(
  name: string,
  expected: string,
  behaviours: AudioBehaviour[],
  unwanted?: (lines: string[]) => string[],
): Fault {
  return {
    name,
    expected,
    async run(bench, sound) {
      const server = await startFakeAudioServer(nameOf);
      try {
        const env = environment(server);
        const expectedOutcome = await calm(bench, sound, { name: 'openai', env });
        const before = server.calls.length;
        const outcome = await disturbed(bench, sound, {
          name: name.replace(/\W+/g, '-'),
          env,
          speed: 4,
          during: async () => {
            await waitUntil('a first call', () => server.calls.length > before, {
              timeoutMs: 60_000,
              everyMs: 20,
            });
            server.next(...behaviours);
          },
          afterEnd: async () => `calls to the engine: ${server.calls.length - before}`,
        });
        return judged(expectedOutcome, outcome, unwanted?.(outcome.lines) ?? []);
      } finally {
        await server.close();
      }
    },
  };
}

export const rateLimited = engineFault(
  'engine answers 429 with Retry-After, four times',
  'each sound is asked again after the named time; no text is lost',
  Array.from({ length: 4 }, () => ({ kind: 'rate_limited', retryAfterSeconds: 2 }) as const),
);

export const serverErrors = engineFault(
  'engine answers 500, five times',
  'asked again with growing pauses; the circuit opens and closes again',
  Array.from({ length: 5 }, () => ({ kind: 'server_error' }) as const),
);

export const hangingEngine = engineFault(
  'engine never answers',
  'given up after its deadline and asked again; the other texts do not wait for it',
  [{ kind: 'hang' }],
);

export const garbledEngine = engineFault(
  'engine answers garbage: HTML, other JSON, half an answer',
  'asked again; nothing of it becomes text',
  [{ kind: 'not_json' }, { kind: 'other_json' }, { kind: 'cut_off' }],
  (lines) => (lines.some((line) => /html|transcript/.test(line)) ? ['garbage became a row'] : []),
);

/** NUL bytes and half characters are valid JSON and no valid row. */
export const unstorableText: Fault = {
  name: 'engine answers text with NUL bytes and half characters',
  expected: 'the readable part is a row, and all that is said after it',
  async run(bench, sound) {
    const server = await startFakeAudioServer(
      (samples) => `${nameOf(samples).slice(0, 5)}\u0000\ud800 ${nameOf(samples).slice(5)}`,
    );
    const clean = await startFakeAudioServer(nameOf);
    try {
      const expected = await calm(bench, sound, { name: 'openai', env: environment(clean) });
      const outcome = await disturbed(bench, sound, {
        name: 'nul',
        env: environment(server),
        speed: 4,
        during: async () => undefined,
      });
      const wrong =
        outcome.lines.length === expected.lines.length
          ? []
          : [`${outcome.lines.length} rows instead of ${expected.lines.length}`];
      return {
        ok: wrong.length === 0,
        seen: wrong.join() || `all ${outcome.lines.length} rows, without what no row takes`,
      };
    } finally {
      await server.close();
      await clean.close();
    }
  },
};

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8')),
  );
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

export const decoderCrash: Fault = {
  name: 'decoder process killed three times while it works',
  expected: 'started again, its sound decoded by the next one; sockets do not notice',
  async run(bench, sound) {
    let crashes = 0;
    const outcome = await disturbed(bench, sound, {
      name: 'decoder-crash',
      env: stubEngine,
      speed: 2,
      during: async ({ service }) => {
        for (; crashes < 3; crashes++) {
          await delay(2500);
          for (const pid of await childrenOf(service.pid ?? 0)) process.kill(pid, 'SIGKILL');
        }
      },
    });
    const expected = await calm(bench, sound, { name: 'stub', env: stubEngine });
    const wrong = outcome.drops > 0 ? ['somebody was disconnected'] : [];
    return judged(expected, outcome, wrong);
  },
};

export const endDuringBacklog: Fault = {
  name: 'end of the consultation while the engine is far behind, and SIGKILL in that backlog',
  expected:
    'people are let go within 5 s; every late text still becomes a row, also after the restart',
  async run(bench, sound) {
    const server = await startFakeAudioServer(nameOf);
    try {
      const env = environment(server);
      const expected = await calm(bench, sound, { name: 'openai', env });
      let slow = true;
      server.next(...Array.from({ length: 40 }, () => ({ kind: 'slow', ms: 8000 }) as const));
      let goodbyeMs = 0;
      let pendingSeconds = 0;
      const outcome = await disturbed(bench, sound, {
        name: 'end-in-backlog',
        env: { ...env, STT_CONCURRENCY: '1' },
        speed: 8,
        during: async ({ live, service, voices }) => {
          await Promise.all(
            voices.map(({ sender }) =>
              waitUntil('all is sent', () => sender.marks.durableSeq === sender.marks.lastSeq, {
                timeoutMs: 60_000,
                everyMs: 50,
              }),
            ),
          );
          const asked = Date.now();
          const told = live.patient.waitFor('consultation-ended');
          await live.doctor.request('end-consultation', { roomId: live.consultation.roomId });
          pendingSeconds = (await told).pendingSeconds;
          goodbyeMs = Date.now() - asked;
          await service.kill();
          if (slow) {
            slow = false;
            server.next();
          }
          await service.start();
        },
        afterEnd: async () => `goodbye after ${goodbyeMs} ms with ${pendingSeconds} s pending`,
      });
      const wrong = [
        ...(goodbyeMs > 5000 ? ['the goodbye came late'] : []),
        ...(pendingSeconds > 0 ? [] : ['there was no backlog']),
      ];
      return judged(expected, outcome, wrong);
    } finally {
      await server.close();
    }
  },
};
