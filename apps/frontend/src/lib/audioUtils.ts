/** Why there is no microphone or camera, in a form that a screen can explain. */
export type MediaTrouble = 'denied' | 'missing' | 'busy' | 'unsupported' | 'unknown';

/** Reads the DOMException of getUserMedia. */
export function mediaTrouble(error: unknown): MediaTrouble {
  if (!(error instanceof DOMException)) return 'unknown';
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unknown';
  }
}

/** Speech without the other person's voice from the loudspeaker, and at an even level. */
export const microphoneConstraints: MediaTrackConstraints = {
  channelCount: 1,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export const cameraConstraints: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  facingMode: 'user',
};

/** Root mean square of samples from -1 to 1. */
export function rootMeanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

/** Level of a bar, 0 to 1: −60 dBFS and below is 0, −12 dBFS (loud speech) is 1. */
export function levelOf(rms: number): number {
  if (rms <= 0) return 0;
  const decibels = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (decibels + 60) / 48));
}

/** Follows the level of a track until stopped. `onLevel` gets 0 to 1 about 20 times a second. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(rootMeanSquare(samples)));
  }, 50);
  // A page that was opened without a press may start suspended.
  context.resume().catch(() => onLevel(0));
  return () => {
    clearInterval(timer);
    source.disconnect();
    context.close().catch((cause: unknown) => console.warn('[audio] context not closed', cause));
  };
}
