/** Bytes of PCM in one chunk: 20–1000 ms of 16 kHz mono 16-bit. */
export const chunkBytes = { min: 640, max: 32_000 } as const;
export const pcmSampleRate = 16_000;
