import type { RetranscriptionJob } from '@medcall/shared-types';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { resultWords } from '#messages/retranscription.ts';
import { ChangeList } from './retranscription-changes.tsx';
import {
  RetranscriptionBar,
  RetranscriptionEnd,
  RetranscriptionRefused,
} from './retranscription-view.tsx';

const nothing = { added: 0, changed: 0, joined: 0, kept: 0, unheard: 0 };
const aJob = (more: Partial<RetranscriptionJob> = {}): RetranscriptionJob => ({
  id: '0b0e9c1e-6d0a-4d8e-9a52-0d3b6f7f0c11',
  status: 'running',
  secondsDone: 180,
  secondsTotal: 720,
  result: null,
  failure: null,
  created_at: '2026-01-01T10:00:00.000Z',
  finished_at: null,
  ...more,
});

describe('transcribing again, in words', () => {
  it('says how far it is to the eye and to a screen reader', () => {
    const bar = renderToStaticMarkup(<RetranscriptionBar job={aJob()} />);
    expect(bar).toContain('aria-valuenow="25"');
    expect(bar).toContain('aria-valuetext="03:00 de 12:00 da consulta"');
    expect(bar).toMatch(/<p[^>]*>03:00 de 12:00 da consulta<\/p>/);
  });

  it('claims no share of what has not begun', () => {
    const waiting = aJob({ status: 'waiting', secondsDone: 0, secondsTotal: 0 });
    const bar = renderToStaticMarkup(<RetranscriptionBar job={waiting} />);
    expect(bar).not.toContain('aria-valuenow');
    expect(bar).toContain('Na fila');
  });

  it('counts what changed, and what did not', () => {
    expect(resultWords(nothing)).toEqual(['nenhuma fala mudou']);
    expect(resultWords({ ...nothing, changed: 1, kept: 2 })).toEqual([
      '1 fala mudou',
      '2 falas que você corrigiu ficaram como estavam',
    ]);
    expect(resultWords({ added: 1, changed: 12, joined: 2, kept: 0, unheard: 1 })).toEqual([
      '12 falas mudaram',
      '1 fala nova',
      '2 falas foram juntadas a outra',
      '1 trecho não pôde ser ouvido de novo e ficou como estava',
    ]);
  });

  it('says how it ended: done, called off, or why not', () => {
    const end = (job: RetranscriptionJob) => renderToStaticMarkup(<RetranscriptionEnd job={job} />);
    expect(end(aJob({ status: 'done', result: { ...nothing, changed: 12 } }))).toContain(
      '12 falas mudaram',
    );
    expect(end(aJob({ status: 'cancelled' }))).toContain('O texto ficou como estava');
    expect(end(aJob({ status: 'failed', failure: 'sound_deleted' }))).toContain('já foi apagado');
    expect(end(aJob({ status: 'failed', failure: 'cost_cap' }))).toContain(
      'limite de custo foi atingido',
    );
    expect(end(aJob({ status: 'failed', failure: 'internal' }))).not.toContain('internal');
  });

  it('says in plain words why it cannot be', () => {
    const words = (['in_progress', 'not_allowed', 'sound_deleted', 'no_sound'] as const).map(
      (refusal) => renderToStaticMarkup(<RetranscriptionRefused refusal={refusal} />),
    );
    expect(new Set(words).size).toBe(4);
    for (const said of words) expect(said).not.toMatch(/_/);
  });

  it('sets the text that stood there beside the one that does', () => {
    const list = renderToStaticMarkup(
      <ChangeList
        items={[
          {
            id: 'a',
            speaker: 'PACIENTE',
            start_ms: 61_000,
            before: ['dor', 'aqui'],
            after: 'Dor aqui.',
          },
          { id: 'b', speaker: 'MEDICO', start_ms: 65_000, before: [], after: 'Desde quando?' },
        ]}
      />,
    );
    expect(list).toContain('dor aqui');
    expect(list).toContain('Dor aqui.');
    expect(list.match(/Antes/g)).toHaveLength(1);
    expect(list.match(/Fala nova/g)).toHaveLength(1);
  });
});
