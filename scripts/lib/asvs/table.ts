import path from 'node:path';
import { type AsvsReview, placeOf, type Requirement } from './asvs.ts';

const chapters = [
  'Encoding and sanitization',
  'Validation and business logic',
  'Web frontend',
  'API and web service',
  'Files',
  'Authentication',
  'Sessions',
  'Authorization',
  'Self-contained tokens',
  'OAuth and OIDC',
  'Cryptography',
  'Communication',
  'Configuration',
  'Data protection',
  'Coding and architecture',
  'Logging and errors',
  'WebRTC',
];

const verdicts = { met: 'met', no: '**no**', 'not-applicable': 'n/a' } as const;

/** docs/SECURITY-ASVS.md from docs/asvs-5.0.json. */
export function asvsTable(review: AsvsReview): string {
  const parts = chapters.map((title, index) => {
    const own = review.requirements.filter((one) => placeOf(one)[0] === index + 1);
    const rows = own.map(
      (one) =>
        `| ${placeOf(one).join('.')} | ${one.level} | ${cell(one.asks)} | ${verdicts[one.verdict]} | ${proofOf(one)} |`,
    );
    return [`## V${index + 1} ${title}`, '| | level | asks | verdict | by |\n|---|---|---|---|---|']
      .join('\n\n')
      .concat('\n', rows.join('\n'));
  });
  return `${[head(review), summary(review), ...parts].join('\n\n')}\n`;
}

function head({ reviewed, standard }: AsvsReview): string {
  return `# ${standard}, levels 1 and 2

<!-- Written by \`npm run docs:asvs\` from docs/asvs-5.0.json. -->

For who audits an installation. Each requirement with the tests that prove it, by the title that stands in their file, or the chapter of the document that is asked for; or with the reason why it is not met, or has nothing here to be asked of. What a requirement asks is put in our words and short: the text that counts is [OWASP's](https://github.com/OWASP/ASVS/tree/v5.0.0). The number 6.2.1 stands for v5.0.0-6.2.1.

The verdicts are the developers' own, given by reading the code on ${reviewed}; no third party has confirmed them. They are about the software with the embedded identity and the files of \`configs\`; what only the operator can do is a **no** here. A test checks that every requirement of both levels is in the table, and that each test and chapter that it names is there (\`tests/security/asvs.test.ts\`); whether they pass says \`npm test\`. To change a verdict, change \`docs/asvs-5.0.json\` and run \`npm run docs:asvs\`.`;
}

function summary({ requirements }: AsvsReview): string {
  const count = (level: 1 | 2, verdict: Requirement['verdict']) =>
    requirements.filter((one) => one.level === level && one.verdict === verdict).length;
  const rows = ([1, 2] as const).map((level) => {
    const [met, no, none] = [
      count(level, 'met'),
      count(level, 'no'),
      count(level, 'not-applicable'),
    ];
    return `| ${level} | ${met} | ${no} | ${none} | ${met + no + none} |`;
  });
  const open = requirements.filter(({ verdict }) => verdict === 'no');
  const named = open.map((one) => placeOf(one).join('.')).join(', ');
  return `| level | met | no | n/a | all |
|---|---|---|---|---|
${rows.join('\n')}

Not met: ${named}.`;
}

function proofOf(one: Requirement): string {
  if (one.verdict !== 'met') return cell(one.reason);
  const proofs = one.evidence.map((proof) =>
    'section' in proof
      ? `[${cell(proof.section)}](${path.posix.relative('docs', proof.file)}#${anchorOf(proof.section)})`
      : `“${cell(proof.test)}” [${path.posix.basename(proof.file)}](${path.posix.relative('docs', proof.file)})`,
  );
  return [proofs.join('<br>'), ...(one.note ? [cell(one.note)] : [])].join('<br>');
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}

/** Text in a cell of a Markdown table. */
function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('$', '\\$')
    .replaceAll('*', '\\*')
    .replaceAll('<', '&lt;')
    .replaceAll(/__/g, '\\_\\_');
}
