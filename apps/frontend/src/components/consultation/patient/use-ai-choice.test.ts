// @vitest-environment jsdom
import type { Consent } from '@medcall/shared-types';
import { act, createElement, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '#lib/api/api-error.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { useAiChoice } from './use-ai-choice.ts';

type Choice = ReturnType<typeof useAiChoice>;
interface Waiting<T> {
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}
type Items = { items: Consent[]; nextCursor: null };

const unreachable = new ApiError('unreachable', 'O serviço não respondeu.');

function aConsent(accepted: boolean): Consent {
  return {
    id: '9b2f6a52-5c5b-4f0e-9d2a-3f1c7d1e8a10',
    consultation_id: '9b2f6a52-5c5b-4f0e-9d2a-3f1c7d1e8a11',
    type: 'ai',
    accepted,
    text_version: '1',
    text_hash: 'ab',
    signer_name: null,
    signer_relation: null,
    created_at: '2026-01-05T12:00:00Z',
  };
}
const asked = (accepted: boolean): Items => ({ items: [aConsent(accepted)], nextCursor: null });

/** The dialog as the call holds it, and a service whose answers a test gives one by one. */
function aDialog() {
  const reads: Waiting<Items>[] = [];
  const choices: Waiting<Consent>[] = [];
  const gateway: ConsentCalls = {
    consents: () => new Promise((resolve, reject) => reads.push({ resolve, reject })),
    giveConsent: () => new Promise((resolve, reject) => choices.push({ resolve, reject })),
  };
  const now = { open: false, choice: undefined as Choice | undefined };
  function Probe() {
    const [open, onOpenChange] = useState(true);
    now.open = open;
    now.choice = useAiChoice({ open, onOpenChange, consultationId: 'c', gateway });
    return null;
  }
  root = createRoot(document.createElement('div'));
  act(() => root?.render(createElement(Probe)));
  return {
    reads,
    choices,
    isOpen: () => now.open,
    choice: () => {
      if (!now.choice) throw new Error('nothing was drawn');
      return now.choice;
    },
  };
}

let root: Root | undefined;
beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => {
  act(() => root?.unmount());
  vi.unstubAllGlobals();
});

describe('the choice about artificial intelligence in the call', () => {
  it('that failed after the dialog was closed opens it again and says so', async () => {
    const { choice, choices, isOpen, reads } = aDialog();
    await act(async () => reads[0]?.resolve(asked(true)));
    act(() => void choice().choose(false));
    act(() => choice().show(false));
    expect(isOpen()).toBe(false);
    await act(async () => choices[0]?.reject(unreachable));
    expect(isOpen()).toBe(true);
    expect(choice()).toMatchObject({
      accepted: true,
      busy: false,
      notice: { tone: 'danger', title: unreachable.message },
    });
    // What holds is asked again: without an answer the service may have taken it.
    await act(async () => reads.at(-1)?.resolve(asked(false)));
    expect(choice()).toMatchObject({ accepted: false, notice: { tone: 'danger' } });
    act(() => choice().show(false));
    expect(choice().notice).toBeNull();
  });

  it('is not overwritten by a reading that began before it was answered', async () => {
    const { choice, choices, reads } = aDialog();
    await act(async () => reads[0]?.resolve(asked(true)));
    act(() => void choice().choose(false));
    act(() => choice().show(false));
    act(() => choice().show(true));
    expect(reads).toHaveLength(2);
    await act(async () => choices[0]?.resolve(aConsent(false)));
    await act(async () => reads[1]?.resolve(asked(true)));
    expect(choice()).toMatchObject({ accepted: false, notice: { tone: 'ok' } });
  });

  it('that could not be read is asked for again by hand', async () => {
    const { choice, reads } = aDialog();
    await act(async () => reads[0]?.reject(unreachable));
    expect(choice()).toMatchObject({ accepted: undefined, unread: unreachable.message });
    act(() => choice().askAgain());
    await act(async () => reads[1]?.resolve(asked(true)));
    expect(choice()).toMatchObject({ accepted: true, unread: null });
  });
});
