import { randomBytes } from 'node:crypto';

/** Names that docker-compose.yml asks for by `:?`, and the relay's; each is this installation's own. */
export const composeSecretNames = [
  'POSTGRES_PASSWORD',
  'MEDCALL_APP_PASSWORD',
  'INTERNAL_SERVICE_SECRET',
  'NEXTAUTH_SECRET',
  'KEY_ENCRYPTION_KEY',
  'PGADMIN_PASSWORD',
  'GRAFANA_PASSWORD',
  'TURN_SECRET',
] as const;
export type ComposeSecretName = (typeof composeSecretNames)[number];

/** 32 random bytes. KEY_ENCRYPTION_KEY is read as base64; addresses hold the passwords, so no / or + there. */
export function composeSecret(name: ComposeSecretName): string {
  return randomBytes(32).toString(name === 'KEY_ENCRYPTION_KEY' ? 'base64' : 'base64url');
}

/** One of each. */
export function composeSecrets(): Record<ComposeSecretName, string> {
  const made = composeSecretNames.map((name): [string, string] => [name, composeSecret(name)]);
  return Object.fromEntries(made) as Record<ComposeSecretName, string>;
}
