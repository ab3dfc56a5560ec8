'use client';
import { useMemo, useState, useSyncExternalStore } from 'react';
import {
  type DeviceKind,
  LocalDevices,
  type LocalDevicesState,
} from '../lib/call/local-devices.ts';

export interface LocalMedia extends LocalDevicesState {
  /** Asks for both devices; when one is missing the other is used alone. */
  request: () => Promise<void>;
  /** Another microphone or camera from now on. */
  choose: (kind: DeviceKind, deviceId: string) => Promise<void>;
  setMicrophoneOn: (on: boolean) => void;
  setCameraOn: (on: boolean) => void;
  /** The notice of a replaced device has been read. */
  forgetReplaced: () => void;
  stop: () => void;
}

export interface LocalMediaOptions {
  /** False where one only listens. */
  camera?: boolean;
}

/** My microphone and camera, for as long as the component lives. */
export function useLocalMedia({ camera = true }: LocalMediaOptions = {}): LocalMedia {
  const [devices] = useState(
    () =>
      new LocalDevices({
        devices:
          typeof navigator === 'undefined'
            ? undefined
            : (navigator.mediaDevices as MediaDevices | undefined),
        camera,
      }),
  );
  const state = useSyncExternalStore(devices.subscribe, devices.state, devices.state);
  return useMemo(() => {
    const { request, choose, setMicrophoneOn, setCameraOn, forgetReplaced, stop } = devices;
    return { ...state, request, choose, setMicrophoneOn, setCameraOn, forgetReplaced, stop };
  }, [devices, state]);
}
