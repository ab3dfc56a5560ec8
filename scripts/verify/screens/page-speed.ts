import type { CDPSession, Page } from 'playwright-core';

/** Runs in each page from its first moment; kept as text, the scripts know no DOM. */
export const watchSpeed = `(() => {
  const seen = (window.__speed = { lcpMs: 0, shift: 0, shifted: [], interactions: {}, longTasks: [] });
  const nameOf = (node) => !node ? '?' : node.getAttribute?.('aria-label') || node.id
    || (node.nodeName + ' ' + (node.textContent ?? '').trim().slice(0, 40));
  const watch = (type, each, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { seen.lcpMs = entry.startTime; });
  watch('layout-shift', ({ value, hadRecentInput, sources }) => {
    if (hadRecentInput) return;
    seen.shift += value;
    seen.shifted.push(...(sources ?? []).map(({ node }) => nameOf(node)));
  });
  watch('event', (entry) => {
    const { interactionId, name, duration, target, startTime, processingStart, processingEnd } = entry;
    if (!interactionId) return;
    const known = seen.interactions[interactionId];
    if (known && known.durationMs >= duration) return;
    seen.interactions[interactionId] = {
      name,
      on: nameOf(target),
      durationMs: duration,
      waitedMs: Math.round(processingStart - startTime),
      workedMs: Math.round(processingEnd - processingStart),
    };
  }, { durationThreshold: 16 });
  watch('longtask', ({ startTime, duration }) => { seen.longTasks.push({ startTime, duration }); });
})()`;

/** One press: its whole time until the next picture, and how it is made up. */
export interface Press {
  name: string;
  on: string;
  durationMs: number;
  waitedMs: number;
  workedMs: number;
}

interface Seen {
  lcpMs: number;
  /** Sum of all shifts that no press caused; the vital is the worst window of them, so no more than this. */
  shift: number;
  shifted: string[];
  interactions: Record<string, Press>;
  longTasks: { startTime: number; duration: number }[];
}

export async function speedOf(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('window.__speed');
}

/** Slowest presses so far, the worst first: with so few of them the first is what INP reports. */
export async function slowestPresses(page: Page): Promise<Press[]> {
  const { interactions } = await speedOf(page);
  return Object.values(interactions).sort((a, b) => b.durationMs - a.durationMs);
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

export interface ScriptCost {
  /** Compressed bodies of all scripts, those that were loaded on the way included. */
  bytes: number;
  /** The same with the heads of their answers. */
  withHeads: number;
  files: number;
}

/** Adds up what scripts cost on the wire from now on; what a reload takes from the cache is not paid twice. */
export async function countScripts(page: Page): Promise<() => ScriptCost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const addresses = new Set<string>();
  const counted = new Set<string>();
  const bodies = new Map<string, number>();
  const cost: ScriptCost = { bytes: 0, withHeads: 0, files: 0 };
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script' || addresses.has(response.url)) return;
    addresses.add(response.url);
    counted.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bodies.set(requestId, (bodies.get(requestId) ?? 0) + encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!counted.has(requestId)) return;
    cost.bytes += bodies.get(requestId) ?? 0;
    cost.withHeads += encodedDataLength;
    cost.files += 1;
  });
  return () => ({ ...cost });
}

/**
 * Turns the wheel over a list until its end, a notch a frame as a person's finger does.
 * @returns the most rows that were in the page at any notch
 */
export async function scrollThrough(
  page: Page,
  selector: string,
  notches: number,
): Promise<number> {
  return page.evaluate<number>(
    `(async () => {
      const list = document.querySelector(${JSON.stringify(selector)});
      const step = (list.scrollHeight - list.clientHeight) / ${notches};
      let most = 0;
      list.scrollTop = 0;
      for (let notch = 0; notch < ${notches}; notch += 1) {
        list.scrollTop += step;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        most = Math.max(most, list.querySelectorAll('[data-testid="utterance"]').length);
      }
      return most;
    })()`,
  );
}
