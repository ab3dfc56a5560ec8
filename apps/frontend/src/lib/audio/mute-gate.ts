/** What a sentence needs behind it to be known as ended (0.64 s), with room to spare. */
const silenceAfterMuteMs = 1500;
const bytesPerMs = 32;

/**
 * What leaves the device while the microphone is off: a moment of silence, so that the last sentence
 * is finished, then nothing; the next chunk's clock tells how long it was.
 */
export class MuteGate {
  private silentMs = 0;

  /** @param pcm PCM16LE at 16 kHz @returns the chunk to send, or null for none */
  pass(pcm: ArrayBuffer, muted: boolean): ArrayBuffer | null {
    if (!muted) {
      this.silentMs = 0;
      return pcm;
    }
    if (this.silentMs >= silenceAfterMuteMs) return null;
    this.silentMs += pcm.byteLength / bytesPerMs;
    return new ArrayBuffer(pcm.byteLength);
  }
}
