const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentCheckMs = 500;

/**
 * Aborts the given controller at the first Ctrl+C or SIGTERM; at the second the process ends at once,
 * for whoever does not want to wait.
 */
export function abortOnSignal(controller: AbortController): void {
  const interrupt = () => controller.abort(new Error(interruption));
  for (const signal of signals) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(1);
      interrupt();
    });
  }
  // `npm run` hands a signal to its shell, and the shell dies without passing it on: the end of
  // the parent is then all that one notices.
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !controller.signal.aborted) interrupt();
  }, parentCheckMs).unref();
}

const interruption = 'Interrompido.';

/** True for the error with which `abortOnSignal` stops the work: no failure to report. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.message === interruption;
}

/** Resolves once the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
