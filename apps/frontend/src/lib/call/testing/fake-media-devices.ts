type Kind = 'audio' | 'video';
interface Plugged {
  id: string;
  kind: Kind;
  label: string;
  /** Another application has it. */
  busy?: boolean;
}

class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  readonly kind: Kind;
  readonly device: Plugged;

  constructor(device: Plugged) {
    super();
    this.kind = device.kind;
    this.device = device;
  }
  get label() {
    return this.device.label;
  }
  getSettings() {
    return { deviceId: this.device.id };
  }
  /** Stopping it oneself tells nobody (W3C mediacapture-main §4.3.1). */
  stop() {
    this.readyState = 'ended';
  }
}

/** As much of navigator.mediaDevices as LocalDevices uses; the test plugs in and out. */
export class FakeMediaDevices extends EventTarget {
  plugged: Plugged[] = [];
  readonly tracks: FakeTrack[] = [];
  /** As on a telephone: opening a second device of a kind fails while the first one runs. */
  oneAtATime = false;
  /** Called before each answer, so that a test may hold it back. */
  beforeAnswer: () => Promise<void> = async () => undefined;

  get live(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live').map((t) => t.device.id);
  }

  plug(...devices: Plugged[]): void {
    this.plugged = [...devices, ...this.plugged];
    this.dispatchEvent(new Event('devicechange'));
  }

  unplug(id: string): void {
    this.plugged = this.plugged.filter((device) => device.id !== id);
    for (const track of this.tracks) {
      if (track.device.id !== id || track.readyState === 'ended') continue;
      track.readyState = 'ended';
      track.dispatchEvent(new Event('ended'));
    }
    this.dispatchEvent(new Event('devicechange'));
  }

  async enumerateDevices() {
    return this.plugged.map(({ id, kind, label }) => ({
      deviceId: id,
      kind: `${kind}input`,
      label,
    }));
  }

  async getUserMedia(constraints: Partial<Record<Kind, { deviceId?: { exact: string } }>>) {
    const wanted = (['audio', 'video'] as const).filter((kind) => constraints[kind]);
    const devices = wanted.map((kind) => this.#find(kind, constraints[kind]?.deviceId?.exact));
    await this.beforeAnswer();
    const opened = devices.map((device) => new FakeTrack(device));
    this.tracks.push(...opened);
    return {
      getTracks: () => opened,
      getAudioTracks: () => opened.filter(({ kind }) => kind === 'audio'),
      getVideoTracks: () => opened.filter(({ kind }) => kind === 'video'),
    };
  }

  #find(kind: Kind, id?: string): Plugged {
    const device = this.plugged.find((one) => one.kind === kind && (!id || one.id === id));
    if (!device) throw new DOMException('', id ? 'OverconstrainedError' : 'NotFoundError');
    const running = this.tracks.some((t) => t.kind === kind && t.readyState === 'live');
    if (device.busy || (this.oneAtATime && running)) throw new DOMException('', 'NotReadableError');
    return device;
  }
}
