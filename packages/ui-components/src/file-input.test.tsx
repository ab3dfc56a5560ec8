// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Field } from './field.tsx';
import { FileInput } from './file-input.tsx';

let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  page = document.createElement('div');
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

function field(round: number, onChange: () => void = () => {}) {
  act(() =>
    root.render(
      <Field label="Arquivo" error="Falta">
        <FileInput key={round} accept=".csv" onChange={onChange} />
      </Field>,
    ),
  );
  const control = page.querySelector('input');
  if (!control) throw new Error('no control');
  return control;
}

it('says in the product’s words what was chosen, and is the platform’s control with the label’s id', () => {
  const onChange = vi.fn();
  const control = field(1, onChange);
  expect(page.querySelector('label')?.htmlFor).toBe(control.id);
  expect(control.getAttribute('aria-invalid')).toBe('true');
  expect([control.type, control.accept]).toEqual(['file', '.csv']);
  expect(page.textContent).toContain('Escolher arquivoNenhum arquivo');

  const file = new File(['nome'], 'pacientes.csv');
  Object.defineProperty(control, 'files', { configurable: true, value: [file] });
  act(() => void control.dispatchEvent(new Event('change', { bubbles: true })));
  expect(onChange).toHaveBeenCalledOnce();
  expect(page.textContent).toContain('pacientes.csv');

  field(2);
  expect(page.textContent).toContain('Nenhum arquivo');
});
