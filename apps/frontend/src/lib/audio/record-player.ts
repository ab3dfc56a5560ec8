export interface RecordPlayerOptions {
  /** A fresh signed address: each plays for some minutes, and is refused afterwards. */
  address: () => Promise<string>;
  onState: (playing: boolean) => void;
  onPosition: (positionMs: number) => void;
  onTrouble: () => void;
  /** For tests. */
  createAudio?: () => HTMLAudioElement;
}

/** An address that is refused this often in a row has another reason than its age. */
const mostRenewals = 3;

/** Plays one kept recording from any place, and renews its address when it has run out. */
export class RecordPlayer {
  readonly #audio: HTMLAudioElement;
  readonly #options: RecordPlayerOptions;
  #stopAtMs: number | null = null;
  #renewals = 0;

  constructor(options: RecordPlayerOptions) {
    this.#options = options;
    this.#audio = (options.createAudio ?? (() => new Audio()))();
    this.#audio.preload = 'none';
    this.#audio.addEventListener('timeupdate', this.#onTime);
    this.#audio.addEventListener('error', this.#onError);
    this.#audio.addEventListener('play', this.#onPlay);
    this.#audio.addEventListener('pause', this.#onPause);
    this.#audio.addEventListener('ended', this.#onPause);
  }

  /** Plays from here; with an end it stops there. */
  play(startMs: number, endMs?: number): void {
    this.#renewals = 0;
    this.#stopAtMs = endMs ?? null;
    void this.#start(startMs);
  }

  pause(): void {
    this.#audio.pause();
  }

  close(): void {
    this.#audio.removeEventListener('error', this.#onError);
    this.#audio.pause();
    this.#audio.removeAttribute('src');
  }

  async #start(atMs: number): Promise<void> {
    try {
      if (!this.#audio.hasAttribute('src')) this.#audio.src = await this.#options.address();
      this.#audio.currentTime = atMs / 1000;
      await this.#audio.play();
    } catch (cause) {
      // A second press while the first one loads interrupts it: that is no failure.
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      console.warn('[record] the sound did not start', cause);
      this.#options.onTrouble();
    }
  }

  readonly #onTime = () => {
    const nowMs = this.#audio.currentTime * 1000;
    this.#options.onPosition(nowMs);
    if (this.#stopAtMs !== null && nowMs >= this.#stopAtMs) this.#audio.pause();
  };

  readonly #onError = () => {
    if (this.#renewals >= mostRenewals) return this.#options.onTrouble();
    this.#renewals += 1;
    const atMs = this.#audio.currentTime * 1000;
    this.#audio.removeAttribute('src');
    void this.#start(atMs);
  };

  readonly #onPlay = () => this.#options.onState(true);

  readonly #onPause = () => {
    this.#stopAtMs = null;
    this.#options.onState(false);
  };
}
