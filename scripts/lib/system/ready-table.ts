import { styleText } from 'node:util';
import { serviceNames, urlsOf } from './settings.ts';
import type { System } from './start-system.ts';

/** Log-ins of the demonstration data. */
export const demoLogIns = [
  ['medico@aurora.demo', 'Dra. Beatriz Nogueira, Clínica Aurora'],
  ['medico2@aurora.demo', 'outro médico da Clínica Aurora'],
  ['admin@aurora.demo', 'administração da Clínica Aurora'],
  ['medico@horizonte.demo', 'médico da Clínica Horizonte'],
  ['admin@horizonte.demo', 'administração da Clínica Horizonte'],
] as const;
export const demoPassword = 'MedCall-demo-2026';

/** What a person needs once everything runs: addresses and log-ins. */
export function readyTable(system: System): string {
  const urls = urlsOf(system.settings.ports);
  const addresses = {
    frontend: urls.frontend,
    gateway: `${urls.gateway}  (API em /api/docs)`,
    'realtime-service': urls.realtime,
    'ai-service': urls.ai,
  };
  const lines = serviceNames
    .filter((name) => system.services.includes(name))
    .map((name) => `  ${name.padEnd(18)} ${addresses[name]}`);
  if (system.services.includes('frontend')) {
    lines.push(
      '',
      `  Entre com um destes e-mails, senha ${styleText('bold', demoPassword)}:`,
      ...demoLogIns.map(([email, who]) => `    ${email.padEnd(24)} ${who}`),
      '',
      `  Mensagens a pacientes ficam em ${urls.gateway}/caixa-de-saida.`,
      '  Em outro terminal, npm run demo toca uma consulta gravada. Ctrl+C encerra.',
    );
  }
  const title = styleText(['bold', 'green'], '  MedCall no ar');
  return `\n${[title, '', ...lines].join('\n')}\n\n`;
}
