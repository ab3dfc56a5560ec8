/**
 * What this tab keeps over a reload. Where the browser refuses storage (settings, a frame, a full disk) it
 * remembers nothing, and nothing breaks by it.
 */
export const tabMemory = {
  get(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** Null forgets it. */
  set(key: string, value: string | null): void {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch (cause) {
      console.warn('[call] this browser keeps nothing over a reload', cause);
    }
  },
};
