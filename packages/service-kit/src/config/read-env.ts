import type { z } from 'zod';

/** Raised at start when the environment is unusable; its text names variables and rules, never values. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(`Configuration is not usable:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Parses environment variables into a typed configuration.
 * An empty string counts as unset: that is how compose files and shells pass "nothing".
 * @throws ConfigError naming each wrong variable and its rule
 */
export function readEnv<T extends z.ZodType>(
  schema: T,
  env: Record<string, string | undefined>,
): z.output<T> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`),
  );
}
