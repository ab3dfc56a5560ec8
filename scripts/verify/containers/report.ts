import type { z } from 'zod';
import type { containersPlan } from './plan.ts';

export interface Finding {
  what: string;
  seen: string;
  ok: boolean;
}

/** What is committed as docs/reports/verify-containers.md. */
export function report(plan: z.infer<typeof containersPlan>, findings: Finding[]): string {
  const passed = findings.every(({ ok }) => ok);
  const images = plan.images
    .map(({ bytes, name, seconds }) => `| ${name} | ${Math.round(bytes / 1e6)} MB | ${seconds} s |`)
    .join('\n');
  const [lines, blocks] = [
    findings.filter(({ seen }) => !seen.includes('\n')),
    findings.filter(({ seen }) => seen.includes('\n')),
  ];
  return `# Containers without an engine

\`npm run verify:containers\` on ${new Date().toISOString().slice(0, 10)}, commit ${plan.commit}: **${passed ? 'passed' : 'NOT passed'}**.

A fresh clone; each image by its Dockerfile's own steps in a root of its own (namespaces, this machine's Debian 12 and Node 24 for the base image); the services with the environment, commands, volumes and read-only roots of docker-compose.yml as users without rights; PostgreSQL, Redis and nginx of this machine; a network with nothing but a loopback.

| image | /app | built in |
|---|---|---|
${images}

| step | seen | |
|---|---|---|
${lines.map(({ ok, seen, what }) => `| ${what} | ${seen} | ${ok ? 'ok' : '**no**'} |`).join('\n')}

${blocks.map(({ ok, seen, what }) => `${what}: ${ok ? 'ok' : '**no**'}\n\n\`\`\`\n${seen}\n\`\`\``).join('\n\n')}
`;
}
