import type { CDPSession, Page } from 'playwright-core';

/** Runs in each page from its first moment; kept as text, the scripts know no DOM. */
export const watchSpeed = `(() => {
  const seen = (window.__speed = { lcpMs: 0, interactions: {}, longTasks: [] });
  const watch = (type, each, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { seen.lcpMs = entry.startTime; });
  watch('event', ({ interactionId, name, duration }) => {
    if (!interactionId) return;
    const known = seen.interactions[interactionId];
    if (!known || known.durationMs < duration) seen.interactions[interactionId] = { name, durationMs: duration };
  }, { durationThreshold: 16 });
  watch('longtask', ({ startTime, duration }) => { seen.longTasks.push({ startTime, duration }); });
})()`;

interface Seen {
  lcpMs: number;
  interactions: Record<string, { name: string; durationMs: number }>;
  longTasks: { startTime: number; duration: number }[];
}

export async function speedOf(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('window.__speed');
}

/** Worst interaction so far: with so few of them that is what INP reports. */
export async function inpMs(page: Page): Promise<number> {
  const { interactions } = await speedOf(page);
  return Math.max(0, ...Object.values(interactions).map(({ durationMs }) => durationMs));
}

/** Longest task that begins while `work` runs, in ms; 0 where none is over 50. */
export async function longestTaskMs(page: Page, work: () => Promise<void>): Promise<number> {
  const from = await page.evaluate<number>('performance.now()');
  await work();
  const { longTasks } = await speedOf(page);
  return Math.max(
    0,
    ...longTasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration),
  );
}

/** A processor so many times slower than this one. */
export async function throttle(page: Page, rate: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
}

/** Bytes that the page holds once everything unreachable is gone. */
export async function heldBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Adds up what scripts cost on the wire, compressed, from now on. */
export async function countScripts(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** Turns the wheel over a list until its end, a notch a frame as a person's finger does. */
export async function scrollThrough(page: Page, selector: string, notches: number): Promise<void> {
  await page.evaluate(
    `(async () => {
      const list = document.querySelector(${JSON.stringify(selector)});
      const step = (list.scrollHeight - list.clientHeight) / ${notches};
      list.scrollTop = 0;
      for (let notch = 0; notch < ${notches}; notch += 1) {
        list.scrollTop += step;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
    })()`,
  );
}
