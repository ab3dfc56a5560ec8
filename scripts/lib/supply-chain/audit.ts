import { z } from 'zod';

const report = z.looseObject({
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      severity: z.string(),
      via: z.array(z.union([z.string(), z.looseObject({ url: z.string(), title: z.string() })])),
    }),
  ),
});

export const auditExceptions = z.strictObject({
  exceptions: z.array(
    z.strictObject({
      /** Address of the advisory. */
      advisory: z.url(),
      why: z.string().min(20),
      /** A date after which somebody has to look again. */
      until: z.iso.date(),
    }),
  ),
});

export type AuditOutcome = { kind: 'unknown'; why: string } | { kind: 'known'; findings: string[] };

/** Exceptions that nobody has looked at since their day: they excuse nothing any more. */
export function expiredExceptions(
  { exceptions }: z.infer<typeof auditExceptions>,
  today: string,
): string[] {
  return exceptions.filter(({ until }) => until < today).map(({ advisory }) => advisory);
}

/** Severities that stop a release. */
const serious = new Set(['high', 'critical']);

/**
 * What `npm audit --json` says, without what is excepted. A registry that does not answer audits is no
 * finding and no all-clear: it is unknown, and said.
 */
export function judgeAudit(
  json: string,
  { exceptions }: z.infer<typeof auditExceptions>,
  today: string,
): AuditOutcome {
  const parsed = report.safeParse(readJson(json));
  if (!parsed.success) return { kind: 'unknown', why: json.trim().slice(0, 200) || 'no answer' };
  const excepted = new Set(
    exceptions.filter(({ until }) => until >= today).map(({ advisory }) => advisory),
  );
  const findings = Object.values(parsed.data.vulnerabilities).flatMap(({ name, severity, via }) => {
    if (!serious.has(severity)) return [];
    return via.flatMap((one) =>
      typeof one === 'string' || excepted.has(one.url)
        ? []
        : [`${name} (${severity}): ${one.title} ${one.url}`],
    );
  });
  return { kind: 'known', findings };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
