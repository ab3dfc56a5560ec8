import type { CalendarConflict } from '@medcall/shared-types';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { GoogleConflictRow } from './google-conflict-row.tsx';

const there = { starts_at: '2026-12-02T02:30:00.000Z', ends_at: '2026-12-02T03:00:00.000Z' };
const gone = { starts_at: null, ends_at: null };

function buttonsOf(
  kind: CalendarConflict['kind'],
  times: typeof there | typeof gone,
  inSight = true,
) {
  const markup = renderToStaticMarkup(
    <GoogleConflictRow
      conflict={{
        consultation_id: 'c',
        scheduled_at: '2026-12-01T15:00:00.000Z',
        duration_minutes: 30,
        kind,
        ...times,
      }}
      patient={null}
      timeZone="America/Sao_Paulo"
      busy={false}
      onAccept={inSight ? () => undefined : null}
      onKeep={() => undefined}
    />,
  );
  const words = [...markup.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, one = '']) =>
    one.replaceAll(/<[^>]+>/g, ''),
  );
  return { words, leadsTo: /href="([^"]+)"/.exec(markup)?.[1] };
}

it('a doctor moves what is in sight, keeps the agenda, and is led to the day of the rest', () => {
  expect(buttonsOf('moved', there).words).toEqual(['Mudar na agenda', 'Manter a agenda']);
  expect(buttonsOf('moved', there, false)).toEqual({
    words: ['Manter a agenda'],
    leadsTo: '/agenda?dia=2026-12-01',
  });
  expect(buttonsOf('overruled', there).words).toEqual(['Mudar na agenda', 'Entendi']);
});

it('nothing that was deleted there is cancelled here by a button, and of what is busy nothing is decided', () => {
  expect(buttonsOf('deleted', gone)).toEqual({
    words: ['Manter a agenda'],
    leadsTo: '/agenda?dia=2026-12-01',
  });
  expect(buttonsOf('overruled', gone).words).toEqual(['Entendi']);
  expect(buttonsOf('busy', there)).toEqual({ words: [], leadsTo: '/agenda?dia=2026-12-01' });
});

it('what is longer there than a booking may be is not moved by a button', () => {
  const day = { starts_at: '2026-12-02T03:00:00.000Z', ends_at: '2026-12-03T03:00:00.000Z' };
  expect(buttonsOf('moved', day)).toEqual({
    words: ['Manter a agenda'],
    leadsTo: '/agenda?dia=2026-12-01',
  });
});
