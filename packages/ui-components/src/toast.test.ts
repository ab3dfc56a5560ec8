// @vitest-environment jsdom
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ToastProvider, useToasts } from './toast.tsx';

let root: Root;
let toasts: ReturnType<typeof useToasts>;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  function Shelf() {
    toasts = useToasts();
    return null;
  }
  root = createRoot(document.createElement('div'));
  act(() => root.render(createElement(ToastProvider, null, createElement(Shelf))));
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

const show = (...messages: Parameters<typeof toasts.show>[0][]) =>
  act(() => {
    for (const message of messages) toasts.show(message);
  });
const titles = () => toasts.messages.map(({ title }) => title);

it('shows three at most, the newest last, and the same words once', () => {
  show({ title: 'Salvo' }, { title: 'Passo registrado' }, { title: 'Salvo' });
  expect(titles()).toEqual(['Passo registrado', 'Salvo']);
  show({ title: 'Salvo', description: 'De outra coisa.' }, { title: 'Enviado' });
  expect(titles()).toEqual(['Salvo', 'Salvo', 'Enviado']);
});

it('keeps two ways back apart that have the same words', () => {
  const undo = { label: 'Desfazer', onPress: () => {} };
  show({ title: 'Retirado', action: undo }, { title: 'Retirado', action: undo });
  expect(titles()).toEqual(['Retirado', 'Retirado']);
});
