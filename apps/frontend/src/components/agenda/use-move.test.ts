// @vitest-environment jsdom
import type { Consultation, MoveConsultation } from '@medcall/shared-types';
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgendaItem } from '#lib/agenda/grid.ts';
import { useMove } from './use-move.ts';

interface Toast {
  action?: { onPress: () => void };
}
const outside = vi.hoisted(() => ({
  gateway: {} as Record<string, unknown>,
  toasts: [] as Toast[],
}));
vi.mock('#components/shared/use-gateway.ts', () => ({ useGateway: () => outside.gateway }));
vi.mock('#components/ui/toast.ts', () => ({
  useToast: () => (toast: Toast) => outside.toasts.push(toast),
}));

const timeZone = 'America/Sao_Paulo';
const to = { day: '2026-12-02', minutes: 14 * 60 };
/** 15:00 in São Paulo, half an hour. */
const booked = {
  id: 'c',
  version: 3,
  scheduled_at: '2026-12-01T18:00:00.000Z',
  duration_minutes: 30,
} as Consultation;
const item: AgendaItem = { consultation: booked, day: '2026-12-01', start: 900, end: 930 };

let sent: MoveConsultation[];
let leave: () => void;

/** @returns what moves, as the agenda has it */
function theMove(): ReturnType<typeof useMove> {
  let move: ReturnType<typeof useMove> | undefined;
  function Agenda() {
    move = useMove({
      items: [item],
      availability: undefined,
      error: undefined,
      reload: async () => undefined,
      change: (work) => work,
    });
    return null;
  }
  const root = createRoot(document.createElement('div'));
  act(() => root.render(createElement(Agenda)));
  leave = () => act(() => root.unmount());
  if (!move) throw new Error('not rendered');
  return move;
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  sent = [];
  outside.toasts.length = 0;
  outside.gateway = {
    moveConsultation: async (_id: string, body: MoveConsultation) => {
      sent.push(body);
      return { ...booked, ...body, version: body.version + 1 };
    },
  };
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

it('a move keeps the length, and a length that is given goes with it and is undone with it', async () => {
  const move = theMove();
  await move({ item, to, minutes: null }, timeZone);
  expect(sent).toEqual([{ scheduled_at: '2026-12-02T17:00:00.000Z', version: 3 }]);
  await move({ item, to, minutes: 50 }, timeZone);
  expect(sent.at(-1)).toEqual({
    scheduled_at: '2026-12-02T17:00:00.000Z',
    duration_minutes: 50,
    version: 4,
  });
  outside.toasts.at(-1)?.action?.onPress();
  await vi.waitFor(() => expect(sent).toHaveLength(3), { timeout: 15_000 });
  expect(sent.at(-1)).toEqual({
    scheduled_at: booked.scheduled_at,
    duration_minutes: 30,
    version: 5,
  });
});
