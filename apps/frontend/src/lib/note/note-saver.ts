import type { CodedItem, NoteView, SaveNote } from '@medcall/shared-types';
import { ApiError } from '../api/api-error.ts';
import { type EditableNote, emptyNote, toEditable, toSave } from './edit-note.ts';

export type SaveState = 'saved' | 'saving' | 'waiting' | 'conflict' | 'refused';

export interface NoteContent {
  sections: EditableNote;
  cid10: readonly CodedItem[];
  ciap2: readonly CodedItem[];
}

export interface NoteSaverOptions {
  /** Throws ApiError; `version_conflict` when somebody else saved in between. */
  save: (body: SaveNote) => Promise<NoteView>;
  /** What is shown has changed from here, not by typing. */
  onContent: (content: NoteContent) => void;
  onState: (state: SaveState) => void;
  /** The service has a newer note: what surrounds the text may have changed. */
  onStored: (note: NoteView) => void;
  /** Unsaved text to keep for a page that dies; null once all is stored. */
  onUnsaved: (unsaved: (NoteContent & { version: number }) | null) => void;
}

/** A pause in typing after which the text is saved. */
const pauseMs = 900;
const retryMs = 5_000;

export const emptyContent: NoteContent = { sections: emptyNote, cid10: [], ciap2: [] };

/**
 * Saves a note while it is written: one request at a time, always over the version that was read, again
 * after a failure, and never over somebody else's text.
 */
export class NoteSaver {
  readonly #options: NoteSaverOptions;
  #content: NoteContent = emptyContent;
  #version = 0;
  #dirty = false;
  #touched = false;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: NoteSaverOptions) {
    this.#options = options;
  }

  get content(): NoteContent {
    return this.#content;
  }

  /** Of the note that is shown, once all is saved. */
  get version(): number {
    return this.#version;
  }

  get unsaved(): boolean {
    return this.#dirty;
  }

  /** Takes a note that came from the service in the place of what is shown; unsaved text stays. */
  take(note: NoteView): void {
    clearTimeout(this.#timer);
    if (this.#dirty) {
      // Typed while the answer was on its way: nothing of it may go; the person chooses what stays.
      this.#options.onState('conflict');
      this.#options.onStored(note);
      return;
    }
    this.#version = note.version;
    this.#content = { sections: toEditable(note.sections), cid10: note.cid10, ciap2: note.ciap2 };
    this.#options.onContent(this.#content);
    this.#options.onUnsaved(null);
    this.#options.onState('saved');
    this.#options.onStored(note);
  }

  /**
   * A note that was stored elsewhere meanwhile takes the place of one that nobody has touched here; else the
   * person chooses, so that nobody writes into or signs what was not on the screen.
   */
  meet(note: NoteView): void {
    if (this.#running !== null || note.version <= this.#version) return;
    if (this.#touched) this.#options.onState('conflict');
    else this.take(note);
  }

  /** Gives up what is shown for what is stored. */
  discardFor(note: NoteView): void {
    this.#dirty = false;
    this.take(note);
  }

  /** Text of an earlier page, written over that version. */
  bringBack(content: NoteContent, version: number): void {
    this.#version = version;
    this.change(content);
  }

  change(content: NoteContent): void {
    this.#dirty = true;
    this.#touched = true;
    this.#content = content;
    this.#options.onContent(content);
    this.#options.onUnsaved({ ...content, version: this.#version });
    this.#saveIn(pauseMs);
  }

  /** Resolves when all that was typed is stored. Throws ApiError. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#saveAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Puts my text over a version that somebody else saved. Throws ApiError. */
  saveOver(theirs: NoteView): Promise<void> {
    this.#version = theirs.version;
    this.#dirty = true;
    return this.settle();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #saveAll(): Promise<void> {
    while (this.#dirty) {
      this.#dirty = false;
      this.#options.onState('saving');
      const { sections, cid10, ciap2 } = this.#content;
      try {
        const saved = await this.#options.save({
          version: this.#version,
          sections: toSave(sections),
          cid10: [...cid10],
          ciap2: [...ciap2],
        });
        this.#version = saved.version;
        this.#options.onStored(saved);
      } catch (cause) {
        this.#dirty = true;
        this.#options.onState(stateAfter(cause));
        // A conflict or a refusal waits for the person; anything else for better times.
        if (stateAfter(cause) === 'waiting') this.#saveIn(retryMs);
        throw cause;
      }
    }
    this.#options.onUnsaved(null);
    this.#options.onState('saved');
  }

  #saveIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What went wrong is on the screen, and tried again where that helps.
      this.settle().catch(() => undefined);
    }, delayMs);
  }
}

const passing = new Set(['unreachable', 'unavailable', 'rate_limited', 'internal', 'bad_answer']);

function stateAfter(cause: unknown): SaveState {
  if (!(cause instanceof ApiError)) return 'waiting';
  if (cause.code === 'version_conflict' || cause.code === 'conflict') return 'conflict';
  // A session that ran out comes back with the next sign-in.
  return passing.has(cause.code) || cause.code === 'unauthenticated' ? 'waiting' : 'refused';
}
