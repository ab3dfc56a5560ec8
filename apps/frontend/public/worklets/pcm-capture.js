import { Resampler, toPcm16 } from './resampler.js';

const outputRate = 16_000;
const chunkSamples = outputRate / 10;

/**
 * Turns the microphone into chunks of 100 ms of PCM16LE mono at 16 kHz, whatever the device's rate.
 * Posts `{ pcm, capturedAtMs }`; the time is the audio clock's, so a busy page shifts nothing.
 */
class PcmCapture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, outputRate);
    this.chunk = new Float32Array(chunkSamples);
    this.filled = 0;
    /** Samples posted so far. */
    this.posted = 0;
    this.startMs = -1;
    this.running = true;
    this.port.onmessage = () => {
      this.running = false;
    };
  }

  /** @param {Float32Array[][]} inputs @returns {boolean} */
  process(inputs) {
    if (this.startMs < 0) this.startMs = currentTime * 1000;
    const channels = inputs[0] ?? [];
    const frames = channels[0]?.length ?? 128;
    // A source that has gone quiet delivers no channel at all; time goes on, so silence stands in.
    const mono = new Float32Array(frames);
    for (const channel of channels) {
      for (let at = 0; at < frames; at += 1) {
        mono[at] = (mono[at] ?? 0) + (channel[at] ?? 0) / channels.length;
      }
    }
    for (const sample of this.resampler.process(mono)) {
      this.chunk[this.filled] = sample;
      this.filled += 1;
      if (this.filled === chunkSamples) this.post();
    }
    return this.running;
  }

  post() {
    const pcm = toPcm16(this.chunk);
    const capturedAtMs = this.startMs + (this.posted / outputRate) * 1000;
    this.port.postMessage({ pcm, capturedAtMs }, [pcm]);
    this.posted += chunkSamples;
    this.filled = 0;
  }
}

registerProcessor('pcm-capture', PcmCapture);
