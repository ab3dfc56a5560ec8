import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { vi } from 'vitest';

export interface RenderedHook<Options, Result> {
  /** What the hook gave last. */
  readonly result: Result;
  /** Renders it again, with other options. */
  render(options: Options): Promise<void>;
  /** As when the page is left. */
  leave(): Promise<void>;
}

/** A hook in a component of its own, in jsdom. Effects and the promises that they start have run when it returns. */
export async function renderHook<Options, Result>(
  use: (options: Options) => Result,
  options: Options,
): Promise<RenderedHook<Options, Result>> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const results: Result[] = [];
  function Component({ given }: { given: Options }) {
    results.push(use(given));
    return null;
  }
  const root = createRoot(document.createElement('div'));
  const render = (given: Options) =>
    act(async () => root.render(createElement(Component, { given })));
  await render(options);
  return {
    get result() {
      return results.at(-1) as Result;
    },
    render,
    leave: () => act(async () => root.unmount()),
  };
}
