import { setTimeout as delay } from 'node:timers/promises';

/** True when the address answers 2xx or 3xx within two seconds. */
export async function answers(url: string, timeoutMs = 2000): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    // Nobody listens, or nobody answers in time: both mean "no".
    return false;
  }
}

/** Asks again and again until the condition holds. @throws Error naming what did not happen */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean> | boolean,
  options: { timeoutMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  while (!(await condition())) {
    options.signal?.throwIfAborted();
    if (Date.now() > deadline) {
      throw new Error(`${what}: não aconteceu em ${Math.round(options.timeoutMs / 1000)} s`);
    }
    await delay(options.everyMs ?? 200);
  }
}
