import type { JobPriority } from './ports.ts';
import { type DecodeSettings, UtteranceDecode } from './utterance-decode.ts';

/** One stream's decodes that are on their way, so that all can be called off at once. */
export class LiveDecodes {
  private readonly settings: DecodeSettings;
  private readonly live = new Set<UtteranceDecode>();

  constructor(settings: DecodeSettings) {
    this.settings = settings;
  }

  start(pcm: Float32Array, priority: JobPriority): UtteranceDecode {
    const decode = new UtteranceDecode(this.settings, pcm, priority);
    this.live.add(decode);
    return decode;
  }

  /** Takes a decode up again whose first answer has come, because it is asked for more. */
  keep(decode: UtteranceDecode): void {
    this.live.add(decode);
  }

  done(decode: UtteranceDecode): void {
    this.live.delete(decode);
  }

  cancel(decode: UtteranceDecode): void {
    decode.cancel();
    this.live.delete(decode);
  }

  cancelAll(): void {
    for (const decode of this.live) decode.cancel();
    this.live.clear();
  }
}
