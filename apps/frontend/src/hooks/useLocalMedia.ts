'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  cameraConstraints,
  type MediaTrouble,
  mediaTrouble,
  microphoneConstraints,
} from '../lib/audioUtils.ts';

export interface LocalMedia {
  status: 'idle' | 'asking' | 'ready';
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  microphoneTrouble: MediaTrouble | null;
  cameraTrouble: MediaTrouble | null;
  microphoneOn: boolean;
  cameraOn: boolean;
  /** Asks for both devices; when one is missing the other is used alone. */
  request: () => Promise<void>;
  setMicrophoneOn: (on: boolean) => void;
  setCameraOn: (on: boolean) => void;
  stop: () => void;
}

interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  microphoneTrouble: MediaTrouble | null;
  cameraTrouble: MediaTrouble | null;
}

const none: Tracks = { audio: null, video: null, microphoneTrouble: null, cameraTrouble: null };

export interface LocalMediaOptions {
  /** False where one only listens. */
  camera?: boolean;
}

/** My microphone and camera: asked for once, switched on and off, found again when one is unplugged. */
export function useLocalMedia({ camera = true }: LocalMediaOptions = {}): LocalMedia {
  const [status, setStatus] = useState<LocalMedia['status']>('idle');
  const [tracks, setTracks] = useState<Tracks>(none);
  const [microphoneOn, setMicrophoneOn] = useState(true);
  const [cameraOn, setCameraOn] = useState(true);
  const held = useRef<Tracks>(none);
  const alive = useRef(true);

  const release = useCallback(() => {
    held.current.audio?.stop();
    held.current.video?.stop();
    held.current = none;
  }, []);

  const request = useCallback(async () => {
    setStatus('asking');
    const next = await openDevices(camera);
    if (!alive.current) {
      next.audio?.stop();
      next.video?.stop();
      return;
    }
    release();
    held.current = next;
    setTracks(next);
    setStatus('ready');
  }, [release, camera]);

  const stop = useCallback(() => {
    release();
    setTracks(none);
    setStatus('idle');
  }, [release]);

  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      release();
    };
  }, [release]);

  useEffect(() => {
    if (tracks.audio) tracks.audio.enabled = microphoneOn;
  }, [tracks.audio, microphoneOn]);

  useEffect(() => {
    if (tracks.video) tracks.video.enabled = cameraOn;
  }, [tracks.video, cameraOn]);

  // A device that is unplugged ends its track; another may take its place.
  useEffect(() => {
    const again = () => void request();
    tracks.audio?.addEventListener('ended', again);
    tracks.video?.addEventListener('ended', again);
    return () => {
      tracks.audio?.removeEventListener('ended', again);
      tracks.video?.removeEventListener('ended', again);
    };
  }, [tracks.audio, tracks.video, request]);

  // A device that is plugged in later is taken when one is missing.
  useEffect(() => {
    const missing = tracks.microphoneTrouble === 'missing' || tracks.cameraTrouble === 'missing';
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!missing || !devices) return;
    const again = () => void request();
    devices.addEventListener('devicechange', again);
    return () => devices.removeEventListener('devicechange', again);
  }, [tracks.microphoneTrouble, tracks.cameraTrouble, request]);

  return useMemo(
    () => ({
      status,
      ...tracks,
      microphoneOn,
      cameraOn,
      request,
      setMicrophoneOn,
      setCameraOn,
      stop,
    }),
    [status, tracks, microphoneOn, cameraOn, request, stop],
  );
}

async function openDevices(camera: boolean): Promise<Tracks> {
  // The property is missing on a page that is not served securely.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    return { ...none, microphoneTrouble: 'unsupported', cameraTrouble: 'unsupported' };
  }
  if (!camera) {
    const { track, trouble } = await openOne(devices, { audio: microphoneConstraints });
    return { ...none, audio: track, microphoneTrouble: trouble };
  }
  try {
    const stream = await devices.getUserMedia({
      audio: microphoneConstraints,
      video: cameraConstraints,
    });
    return { ...none, ...tracksOf(stream) };
  } catch {
    // One refusal fails both: ask for each alone to know which.
    const audio = await openOne(devices, { audio: microphoneConstraints });
    const video = await openOne(devices, { video: cameraConstraints });
    return {
      audio: audio.track,
      video: video.track,
      microphoneTrouble: audio.trouble,
      cameraTrouble: video.trouble,
    };
  }
}

async function openOne(
  devices: MediaDevices,
  constraints: MediaStreamConstraints,
): Promise<{ track: MediaStreamTrack | null; trouble: MediaTrouble | null }> {
  try {
    const stream = await devices.getUserMedia(constraints);
    return { track: stream.getTracks()[0] ?? null, trouble: null };
  } catch (error) {
    return { track: null, trouble: mediaTrouble(error) };
  }
}

function tracksOf(stream: MediaStream) {
  return { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null };
}
