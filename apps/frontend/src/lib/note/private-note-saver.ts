import type { PrivateNote, SavePrivateNote } from '@medcall/shared-types';
import { ApiError } from '../api/api-error.ts';

export type PrivateNoteState = 'saved' | 'saving' | 'waiting' | 'refused';

/** Text that the service has not confirmed, with the version that it was written over. */
export interface UnsavedPrivateNote {
  text: string;
  version: number;
}

export interface PrivateNoteSaverOptions {
  /** Throws ApiError; `version_conflict` when another window saved in between. */
  save: (body: SavePrivateNote) => Promise<PrivateNote>;
  read: () => Promise<PrivateNote>;
  /** What is shown has changed from here, not by typing. */
  onText: (text: string) => void;
  onState: (state: PrivateNoteState) => void;
  /** To keep for a page that dies; null once all is stored. */
  onUnsaved: (unsaved: UnsavedPrivateNote | null) => void;
}

const pauseMs = 900;
const retryMs = 5_000;

/**
 * Saves a doctor's own notes while they are written: one request at a time, again after a failure. What
 * another window wrote meanwhile is put before one's own: of notes to oneself nothing has to be chosen.
 */
export class PrivateNoteSaver {
  readonly #options: PrivateNoteSaverOptions;
  #text = '';
  #version = 0;
  #dirty = false;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PrivateNoteSaverOptions) {
    this.#options = options;
  }

  get unsaved(): boolean {
    return this.#dirty;
  }

  /** What is stored, and over it what an earlier page could not store. */
  open(stored: PrivateNote, left: UnsavedPrivateNote | null): void {
    this.#version = stored.version;
    this.#text = stored.text;
    if (left && left.text !== stored.text) {
      this.#text = left.version === stored.version ? left.text : joined(stored.text, left.text);
      this.#change();
    } else {
      this.#options.onUnsaved(null);
    }
    this.#options.onText(this.#text);
  }

  change(text: string): void {
    this.#text = text;
    this.#change();
  }

  /** Resolves when all that was typed is stored. Throws ApiError. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#saveAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #change(): void {
    this.#dirty = true;
    this.#options.onUnsaved({ text: this.#text, version: this.#version });
    this.#saveIn(pauseMs);
  }

  async #saveAll(): Promise<void> {
    while (this.#dirty) {
      this.#dirty = false;
      this.#options.onState('saving');
      try {
        const saved = await this.#options.save({ text: this.#text, version: this.#version });
        this.#version = saved.version;
      } catch (cause) {
        this.#dirty = true;
        if (cause instanceof ApiError && cause.code === 'version_conflict') await this.#join();
        else throw this.#failed(cause);
      }
    }
    this.#options.onUnsaved(null);
    this.#options.onState('saved');
  }

  async #join(): Promise<void> {
    try {
      const theirs = await this.#options.read();
      this.#version = theirs.version;
      this.#text = joined(theirs.text, this.#text);
      this.#options.onText(this.#text);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  #failed(cause: unknown): unknown {
    // What the service will never take waits for another text; anything else for better times.
    const refused =
      cause instanceof ApiError && ['validation_failed', 'forbidden'].includes(cause.code);
    this.#options.onState(refused ? 'refused' : 'waiting');
    if (!refused) this.#saveIn(retryMs);
    return cause;
  }

  #saveIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What went wrong is on the screen, and tried again where that helps.
      this.settle().catch(() => undefined);
    }, delayMs);
  }
}

/** Theirs before mine; what I have of theirs already stands once. */
function joined(theirs: string, mine: string): string {
  if (theirs.trim() === '' || mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : `${theirs}\n\n${mine}`;
}
