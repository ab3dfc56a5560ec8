'use client';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface ScreenShare {
  track: MediaStreamTrack | null;
  available: boolean;
  toggle: () => Promise<void>;
}

/** The screen in the place of the camera. Ends with the browser's own "stop sharing" as well. */
export function useScreenShare(): ScreenShare {
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [available, setAvailable] = useState(false);
  const held = useRef<MediaStreamTrack | null>(null);

  useEffect(() => {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    // Telephones have no getDisplayMedia.
    setAvailable(typeof devices?.getDisplayMedia === 'function');
    return () => held.current?.stop();
  }, []);

  const keep = useCallback((next: MediaStreamTrack | null) => {
    held.current?.stop();
    held.current = next;
    setTrack(next);
  }, []);

  const toggle = useCallback(async () => {
    if (held.current) {
      keep(null);
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
      const next = stream.getVideoTracks()[0] ?? null;
      next?.addEventListener('ended', () => keep(null), { once: true });
      keep(next);
    } catch (error) {
      // The person closed the chooser: that is an answer, not a failure.
      if (!(error instanceof DOMException && error.name === 'NotAllowedError')) throw error;
    }
  }, [keep]);

  return { track, available, toggle };
}
