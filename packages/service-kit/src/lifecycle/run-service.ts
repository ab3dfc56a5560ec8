import type { Logger } from '../logging/logger.ts';

export interface RunningService {
  stop(): Promise<void>;
}

const graceMs = 25_000;

/**
 * Starts a service and ties it to the process: SIGTERM and SIGINT drain and exit 0 within the grace time;
 * a failed start or an unhandled rejection is logged and ends the process with 1.
 */
export async function runService(
  name: string,
  logger: Logger,
  start: () => Promise<RunningService>,
): Promise<void> {
  process.on('unhandledRejection', (reason) => {
    logger.fatal({ err: reason }, 'unhandled rejection');
    process.exit(1);
  });
  let service: RunningService;
  try {
    service = await start();
  } catch (error) {
    logger.fatal({ err: error }, `${name} did not start`);
    process.exit(1);
  }
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, `${name} stops`);
    setTimeout(() => {
      logger.error(`${name} did not stop within the grace time`);
      process.exit(1);
    }, graceMs).unref();
    try {
      await service.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, `${name} failed while stopping`);
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void stop(signal));
  }
}
