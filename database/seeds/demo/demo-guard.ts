import { randomBytes } from 'node:crypto';
import { isLoopback } from '../../tools/loopback.ts';

/** The password that README and the ready table show. Only ever set on this machine. */
export const DEMO_PASSWORD = 'MedCall-demo-2026';

export interface DemoTarget {
  readonly databaseUrl: string;
  /** MEDCALL_DEMO=1 */
  readonly enabled: boolean;
  /** Whether the database has no clinic yet. */
  readonly empty: boolean;
}

/** `reason` is read by whoever runs the command. */
export type DemoDecision =
  | {
      readonly kind: 'seed';
      readonly passwordFor: (email: string) => string;
      readonly random: boolean;
    }
  | { readonly kind: 'refuse'; readonly reason: string };

/**
 * Whether demonstration data may go into a database. Known passwords never leave the machine: away
 * from loopback only an empty database is filled, each account with a random password of its own.
 */
export function decideDemo(target: DemoTarget): DemoDecision {
  if (!target.enabled) {
    return { kind: 'refuse', reason: 'só entram com MEDCALL_DEMO=1' };
  }
  if (isLoopback(target.databaseUrl)) {
    return { kind: 'seed', passwordFor: () => DEMO_PASSWORD, random: false };
  }
  if (!target.empty) {
    return {
      kind: 'refuse',
      reason: 'o banco não está nesta máquina e não está vazio',
    };
  }
  const passwords = new Map<string, string>();
  return {
    kind: 'seed',
    random: true,
    passwordFor(email) {
      const known = passwords.get(email) ?? randomBytes(15).toString('base64url');
      passwords.set(email, known);
      return known;
    },
  };
}
