import {
  cameraConstraints,
  type MediaTrouble,
  mediaTrouble,
  microphoneConstraints,
} from '../audioUtils.ts';

export type DeviceKind = 'audio' | 'video';

export interface DeviceChoice {
  id: string;
  label: string;
}

export interface LocalDevicesState {
  status: 'idle' | 'asking' | 'ready';
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  microphoneTrouble: MediaTrouble | null;
  cameraTrouble: MediaTrouble | null;
  microphoneOn: boolean;
  cameraOn: boolean;
  microphones: readonly DeviceChoice[];
  cameras: readonly DeviceChoice[];
  microphoneId: string | null;
  cameraId: string | null;
  /** A device went away and another took its place; null once read. */
  replaced: { kind: DeviceKind; label: string } | null;
}

const start: LocalDevicesState = {
  status: 'idle',
  audio: null,
  video: null,
  microphoneTrouble: null,
  cameraTrouble: null,
  microphoneOn: true,
  cameraOn: true,
  microphones: [],
  cameras: [],
  microphoneId: null,
  cameraId: null,
  replaced: null,
};

const troubleOf = { audio: 'microphoneTrouble', video: 'cameraTrouble' } as const;
const idOf = { audio: 'microphoneId', video: 'cameraId' } as const;
const onOf = { audio: 'microphoneOn', video: 'cameraOn' } as const;

type Opened = { track: MediaStreamTrack } | { trouble: MediaTrouble };

export interface LocalDevicesOptions {
  /** Undefined on a page that is not served securely. */
  devices: MediaDevices | undefined;
  /** False where one only listens. */
  camera: boolean;
}

/**
 * My microphone and camera: asked for once, switched on and off, changed in mid-call, and found again when
 * one is unplugged. A kind of device is opened by one attempt at a time: of several the last one counts.
 */
export class LocalDevices {
  readonly #devices: MediaDevices | undefined;
  readonly #camera: boolean;
  readonly #listeners = new Set<() => void>();
  readonly #attempts: Record<DeviceKind, number> = { audio: 0, video: 0 };
  readonly #onEnded = {
    audio: () => void this.#replace('audio'),
    video: () => void this.#replace('video'),
  };
  #state = start;

  constructor({ devices, camera }: LocalDevicesOptions) {
    this.#devices = devices;
    this.#camera = camera;
  }

  readonly state = (): LocalDevicesState => this.#state;

  /** @returns what ends the subscription; with the last one the devices are let go */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#devices?.addEventListener('devicechange', this.#onDeviceChange);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#devices?.removeEventListener('devicechange', this.#onDeviceChange);
      this.stop();
    };
  };

  /** Asks for both devices; when one is missing the other is used alone. */
  readonly request = async (): Promise<void> => {
    this.#change({ status: 'asking' });
    const audio = this.#begin('audio');
    const video = this.#begin('video');
    const opened = await this.#openBoth();
    if (audio()) this.#take('audio', opened.audio);
    else letGo(opened.audio);
    if (video()) this.#take('video', opened.video);
    else letGo(opened.video);
    // Neither: the devices were let go meanwhile, or are being asked for again.
    if (audio() || video()) this.#change({ status: 'ready' });
    await this.#list();
  };

  /** Another microphone or camera from now on. When it does not open, the present one stays. */
  readonly choose = async (kind: DeviceKind, deviceId: string): Promise<void> => {
    const isLast = this.#begin(kind);
    let opened = await this.#open(kind, deviceId);
    const held = this.#state[kind];
    if ('trouble' in opened && opened.trouble === 'busy' && held) {
      // Telephones open one camera at a time.
      this.#release(kind);
      opened = await this.#open(kind, deviceId);
      if ('trouble' in opened) opened = await this.#open(kind);
    }
    if (!isLast()) {
      letGo(opened);
      return;
    }
    if ('track' in opened || !this.#state[kind]) this.#take(kind, opened);
    await this.#list();
  };

  readonly setMicrophoneOn = (on: boolean): void => this.#switch('audio', on);
  readonly setCameraOn = (on: boolean): void => this.#switch('video', on);
  readonly forgetReplaced = (): void => this.#change({ replaced: null });

  readonly stop = (): void => {
    for (const kind of ['audio', 'video'] as const) {
      this.#begin(kind);
      this.#release(kind);
    }
    const { microphoneOn, cameraOn } = this.#state;
    this.#change({ ...start, microphoneOn, cameraOn });
  };

  readonly #onDeviceChange = (): void => {
    void this.#list();
    if (this.#state.status !== 'ready') return;
    // One that is plugged in later is taken when there is none.
    for (const kind of ['audio', 'video'] as const) {
      if (this.#state[troubleOf[kind]] === 'missing') void this.#reopen(kind);
    }
  };

  async #replace(kind: DeviceKind): Promise<void> {
    const track = await this.#reopen(kind);
    if (track) this.#change({ replaced: { kind, label: track.label } });
  }

  async #reopen(kind: DeviceKind): Promise<MediaStreamTrack | null> {
    const isLast = this.#begin(kind);
    const opened = await this.#open(kind);
    if (!isLast()) {
      letGo(opened);
      return null;
    }
    this.#take(kind, opened);
    await this.#list();
    return 'track' in opened ? opened.track : null;
  }

  async #openBoth(): Promise<Record<DeviceKind, Opened>> {
    if (!this.#camera) return { audio: await this.#open('audio'), video: { trouble: 'missing' } };
    try {
      // One question of the browser for both.
      const stream = await this.#devices?.getUserMedia({
        audio: microphoneConstraints,
        video: cameraConstraints,
      });
      const [audio] = stream?.getAudioTracks() ?? [];
      const [video] = stream?.getVideoTracks() ?? [];
      if (audio && video) return { audio: { track: audio }, video: { track: video } };
    } catch {
      // One refusal fails both: each alone says which.
    }
    return { audio: await this.#open('audio'), video: await this.#open('video') };
  }

  async #open(kind: DeviceKind, deviceId?: string): Promise<Opened> {
    if (!this.#devices) return { trouble: 'unsupported' };
    const constraints = {
      ...(kind === 'audio' ? microphoneConstraints : cameraConstraints),
      ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    };
    try {
      const stream = await this.#devices.getUserMedia({ [kind]: constraints });
      const [track] = stream.getTracks();
      return track ? { track } : { trouble: 'missing' };
    } catch (error) {
      return { trouble: mediaTrouble(error) };
    }
  }

  /** @returns whether the attempt is still the last one */
  #begin(kind: DeviceKind): () => boolean {
    this.#attempts[kind] += 1;
    const mine = this.#attempts[kind];
    return () => this.#attempts[kind] === mine;
  }

  #take(kind: DeviceKind, opened: Opened): void {
    this.#release(kind);
    const track = 'track' in opened ? opened.track : null;
    // Where there is no camera to be had, none is missed.
    const trouble =
      'trouble' in opened && (kind === 'audio' || this.#camera) ? opened.trouble : null;
    if (track) {
      track.enabled = this.#state[onOf[kind]];
      track.addEventListener('ended', this.#onEnded[kind]);
    }
    this.#change({
      [kind]: track,
      [troubleOf[kind]]: trouble,
      [idOf[kind]]: track?.getSettings().deviceId ?? null,
    });
  }

  #release(kind: DeviceKind): void {
    const track = this.#state[kind];
    track?.removeEventListener('ended', this.#onEnded[kind]);
    track?.stop();
  }

  #switch(kind: DeviceKind, on: boolean): void {
    const track = this.#state[kind];
    if (track) track.enabled = on;
    this.#change({ [onOf[kind]]: on });
  }

  async #list(): Promise<void> {
    const all = (await this.#devices?.enumerateDevices().catch(() => [])) ?? [];
    const choices = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#change({ microphones: choices('audioinput'), cameras: choices('videoinput') });
  }

  #change(change: Partial<LocalDevicesState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function letGo(opened: Opened): void {
  if ('track' in opened) opened.track.stop();
}
