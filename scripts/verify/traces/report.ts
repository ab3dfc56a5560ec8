import type { ReceivedSpan } from '../../../tests/fakes/otlp-collector/fake-collector.ts';

export interface TracesSeen {
  spans: readonly ReceivedSpan[];
  /** The doctor's page. */
  traceId: string;
  /** Text of /metrics by service. */
  metrics: Readonly<Record<string, string>>;
}

/** Series that a reader looks at first; what Node says of itself is left out. */
const shownSeries =
  /^medcall_(http_request_seconds_(sum|count)|database_transaction_seconds_(sum|count)|chunk_ack_seconds_(bucket|count)|errors_total|rooms|sockets|decoder|transcription|cost)/;

/** What is committed as docs/reports/verify-traces.md. */
export function reportOfTraces({ metrics, spans, traceId }: TracesSeen): {
  passed: boolean;
  text: string;
} {
  const page = spans.filter((span) => span.traceId === traceId);
  const tree = new Tree(page);
  const sentence = page.find(
    (span) => span.name === 'transcription' && tree.below(span, 'suggestion').length > 0,
  );
  const request = page.find(
    (span) =>
      span.service === 'gateway' && tree.children(span).some((one) => one.kind === 'server'),
  );
  const answered = sentence
    ? tree.below(sentence, 'suggestion').flatMap((one) => tree.children(one))
    : [];
  const passed =
    request !== undefined &&
    answered.some(({ service }) => service === 'ai-service') &&
    page.some(({ name }) => name === 'decode');
  const text = `# Traces and figures of one consultation

\`npm run verify:traces\` on ${new Date().toISOString().slice(0, 10)}: **${passed ? 'passed' : 'NOT passed'}**. The system as \`npm run dev\` starts it, OpenTelemetry's exporter, a collector that takes OTLP over HTTP; a consultation of 40 seconds through the public interface, with the embedded engines. The doctor's page is one trace (\`${traceId}\`): ${page.length} of the ${spans.length} spans that came.

## A sentence: from the row to the doctor's questions

${block(sentence ? tree.draw(sentence) : ['none'])}

## A request of the page, through the gateway to a service

${block(request ? tree.draw(request) : ['none'])}

## All spans of the page's trace

| span | by | times | median | longest |
|---|---|---|---|---|
${table(page)}

## /metrics at the end of the consultation

${Object.entries(metrics)
  .filter(([, figures]) => figures !== '')
  .map(([service, figures]) => `${service}:\n\n${block(seriesOf(figures))}`)
  .join('\n\n')}
`;
  return { passed, text };
}

class Tree {
  readonly #children = new Map<string, ReceivedSpan[]>();

  constructor(spans: readonly ReceivedSpan[]) {
    for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
      const siblings = this.#children.get(span.parentId) ?? [];
      siblings.push(span);
      this.#children.set(span.parentId, siblings);
    }
  }

  children(span: ReceivedSpan): readonly ReceivedSpan[] {
    return this.#children.get(span.spanId) ?? [];
  }

  below(span: ReceivedSpan, name: string): ReceivedSpan[] {
    return this.children(span).flatMap((one) => [
      ...(one.name === name ? [one] : []),
      ...this.below(one, name),
    ]);
  }

  draw(root: ReceivedSpan, span = root, depth = 0): string[] {
    const after = `+${(span.startMs - root.startMs).toFixed(1)} ms`.padStart(11);
    const took = `${span.durationMs.toFixed(1)} ms`.padStart(10);
    const said = Object.entries(span.attributes)
      .filter(([name]) => !/^(http\.request|http\.route|db\.)/.test(name))
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
    const line = `${after} ${took}  ${'  '.repeat(depth)}${span.name}  [${span.service}] ${said}`;
    return [
      line.trimEnd(),
      ...this.children(span).flatMap((one) => this.draw(root, one, depth + 1)),
    ];
  }
}

function table(spans: readonly ReceivedSpan[]): string {
  const groups = Map.groupBy(spans, ({ name, service }) => `${name} | ${service}`);
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([what, of]) => {
      const took = of.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
      const median = took[Math.floor(took.length / 2)] ?? 0;
      return `| ${what} | ${of.length} | ${median.toFixed(1)} ms | ${(took.at(-1) ?? 0).toFixed(1)} ms |`;
    })
    .join('\n');
}

function seriesOf(figures: string): string[] {
  return figures.split('\n').filter((line) => shownSeries.test(line));
}

function block(lines: readonly string[]): string {
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}
