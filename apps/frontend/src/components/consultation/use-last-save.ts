import { useEffect } from 'react';

/** What keeps text on its way to the service. */
export interface LeavingSaver {
  readonly unsaved: boolean;
  /** Sends what is left. Throws when it does not arrive. */
  settle(): Promise<void>;
  close(): void;
}

/** Leaving the page is not losing the text: it goes out now, and stays remembered until it arrived. */
export function useLastSave(saver: LeavingSaver): void {
  useEffect(() => {
    const leave = () => {
      if (saver.unsaved) saver.settle().catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
      saver.close();
    };
  }, [saver]);
}
