'use client';
import { useEffect, useState } from 'react';
import {
  keepHiddenPanels,
  type Panel,
  panels as panelNames,
  readHiddenPanels,
} from '#lib/call/panel-memory.ts';

export interface Panels {
  /** Those that this consultation has. */
  available: readonly Panel[];
  isHidden: (panel: Panel) => boolean;
  toggle: (panel: Panel) => void;
  /** Everything out of the way of the picture for a moment, and back as it was. */
  toggleVideoOnly: () => void;
}

/** Which panels stand beside the video on a wide screen; the choice stays on this device. */
export function usePanels(withAi: boolean): Panels {
  const [hidden, setHidden] = useState<readonly Panel[]>([]);
  const [videoOnly, setVideoOnly] = useState(false);
  useEffect(() => setHidden(readHiddenPanels(localStorage)), []);
  const isHidden = (panel: Panel) => videoOnly || hidden.includes(panel);
  return {
    available: withAi ? panelNames : ['patient', 'notes'],
    isHidden,
    toggle: (panel) => {
      // From what is seen: after "only the video", one panel comes back alone.
      const seen = panelNames.filter(isHidden);
      const next = isHidden(panel) ? seen.filter((name) => name !== panel) : [...seen, panel];
      setVideoOnly(false);
      setHidden(next);
      keepHiddenPanels(localStorage, next);
    },
    toggleVideoOnly: () => setVideoOnly((only) => !only),
  };
}
