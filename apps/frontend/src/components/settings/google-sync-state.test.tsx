import type { CalendarStatus } from '@medcall/shared-types';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { GoogleSyncState } from './google-sync-state.tsx';

const connected: CalendarStatus['google'] = {
  available: true,
  status: 'active',
  account_email: 'medica@gmail.test',
  connected_at: '2026-11-01T12:00:00.000Z',
  synced_at: new Date(Date.now() - 3.5 * 86_400_000).toISOString(),
  problem: null,
};
const shown = (changes: Partial<typeof connected> = {}) =>
  renderToStaticMarkup(<GoogleSyncState google={{ ...connected, ...changes }} />);

it('says of a connected calendar when it was read last', () => {
  expect(shown()).toContain('Sincronizado há 3 dias.');
  expect(shown()).not.toContain('role="status"');
  expect(shown({ synced_at: null })).toContain('A primeira leitura ainda não terminou.');
  expect(shown({ status: 'disconnected' })).toBe('');
});

it('says in plain words why it was not read since, and what counts meanwhile', () => {
  const words = (['limited', 'unreachable', 'refused', 'too_large'] as const).map((problem) =>
    shown({ problem }),
  );
  expect(new Set(words).size).toBe(4);
  for (const each of words) expect(each).toContain('Enquanto isso, vale o que já foi lido.');
  expect(words[0]).toContain('O Google pediu uma pausa.');
  expect(shown({ status: 'failed' })).toContain('Conecte de novo.');
});
