import { serverEnv } from './lib/env.ts';

/** Next calls this once at start: a wrong environment stops the server instead of the first visitor. */
export function register(): void {
  serverEnv();
}
