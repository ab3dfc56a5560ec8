import * as z from '@medcall/shared-types/lean';

const workletMessage = z.object({
  pcm: z.instanceOf(ArrayBuffer),
  capturedAtMs: z.number(),
});

export interface CaptureOptions {
  track: MediaStreamTrack;
  /** 100 ms of PCM16LE at 16 kHz; the time is of the audio clock. */
  onChunk: (pcm: ArrayBuffer, capturedAtMs: number) => void;
  /** The system stopped the audio clock (a telephone call, a sleeping tab): begin a new capture. */
  onInterrupted: () => void;
}

/**
 * Captures a microphone through the AudioWorklet in public/worklets. The context runs at the
 * device's rate, because Firefox refuses any other; the worklet resamples.
 */
export async function startCapture(options: CaptureOptions): Promise<{ stop: () => void }> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  let stopped = false;
  const close = () => {
    stopped = true;
    context.close().catch((cause: unknown) => console.warn('[audio] context not closed', cause));
  };
  try {
    await context.audioWorklet.addModule('/worklets/pcm-capture.js');
    const source = context.createMediaStreamSource(new MediaStream([options.track]));
    const worklet = new AudioWorkletNode(context, 'pcm-capture', { numberOfOutputs: 1 });
    worklet.port.onmessage = (event: MessageEvent<unknown>) => {
      if (stopped) return;
      const { pcm, capturedAtMs } = z.parse(workletMessage, event.data);
      options.onChunk(pcm, capturedAtMs);
    };
    source.connect(worklet);
    // A node that leads nowhere is not run by every browser; its output is silence.
    worklet.connect(context.destination);
    await context.resume();
    let interrupted = false;
    context.onstatechange = () => {
      if (stopped) return;
      if (context.state === 'running' && interrupted) options.onInterrupted();
      if (context.state !== 'running') {
        interrupted = true;
        context.resume().catch(() => {});
      }
    };
    return {
      stop: () => {
        worklet.port.postMessage('stop');
        worklet.port.onmessage = null;
        source.disconnect();
        close();
      },
    };
  } catch (cause) {
    close();
    throw cause;
  }
}
