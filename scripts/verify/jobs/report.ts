import { isPassed, type JobsReport } from './judge.ts';

/** The report as people read it. */
export function reportAsMarkdown(report: JobsReport): string {
  const { calendar, email, left, sms, webhook } = report;
  return `# Jobs under kills

\`npm run verify:jobs -- --report\`, ${report.date}, seed ${report.seed}: ${isPassed(report) ? 'passed' : '**failed**'}.

${report.messages} messages, webhooks and calendar events (${report.jobsDone} jobs) were asked for in the transaction of their cause and done by real worker processes (\`node src/worker.ts\`) in ${report.seconds} s. ${report.kills} workers were ended with SIGKILL, at random moments and right after a vendor had taken a message and before its answer could be read. As long as workers were being killed, one request in ten lost its answer (5xx, cut off, silence, garbage; before or after the work) and one in twenty was refused with 429 or 503; what was left then was done in peace. The vendors are fakes that speak the vendors' protocols: Resend with idempotency keys, Twilio without, a receiver of webhooks, Google's OAuth and calendar.

| | wanted | arrived | lost | doubled | requests |
|---|---|---|---|---|---|
| e-mail (Resend, exactly once by its key) | ${email.wanted} | ${email.sent} | ${email.lost} | ${email.doubled} | ${email.requests} |
| SMS (Twilio, no idempotency) | ${sms.wanted} | ${sms.sent} | ${sms.lost} | ${sms.doubled} | ${sms.requests} |
| calendar (Google, once by the client's event id) | ${calendar.wanted} | ${calendar.there} | ${calendar.lost} | ${calendar.doubled} | ${calendar.requests} |
| webhook (at least once, stable id) | ${webhook.wanted} | ${webhook.arrived} | ${webhook.lost} | – | ${webhook.arrived + webhook.repeated} |

- SMS: ${sms.lookUps} look-ups at the vendor; tries repeated without one after an unknown outcome: ${sms.blindRepeats}; shown to a person as unknown: ${sms.unknown}.
- Webhooks: ${webhook.repeated} repetitions, events under more than one id: ${webhook.unstableIds}, signatures that an independent verifier (Standard Webhooks' own library) refused: ${webhook.badSignatures}.
- Calendar: events at another time than their booking: ${calendar.wrong}.
- Left over: outbox ${left.outbox}, unfinished jobs ${left.unfinishedJobs}, dead letters ${left.deadLetters}.
`;
}
