import type { CoverageItem } from '@medcall/shared-types';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { CoveragePanel } from './coverage-panel.tsx';

const covered: CoverageItem = {
  key: 'febre',
  label: 'Febre',
  status: 'covered',
  transcriptionId: '0b0e9c1e-6d0a-4d8e-9a52-0d3b6f7f0c11',
};
const open: CoverageItem = { key: 'alergias', label: 'Alergias', status: 'open' };

it('what was covered leads to its utterance where there is a transcript, what is open leads nowhere', () => {
  const items = [covered, open];
  const record = renderToStaticMarkup(<CoveragePanel items={items} onShow={() => undefined} />);
  expect(record.match(/<button/g)).toHaveLength(1);
  expect(record).toMatch(/<button[^>]*>Febre<\/button>/);
  expect(renderToStaticMarkup(<CoveragePanel items={items} />)).not.toContain('<button');
});
