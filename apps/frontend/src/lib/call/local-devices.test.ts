import { describe, expect, it, vi } from 'vitest';
import { LocalDevices } from './local-devices.ts';
import { FakeMediaDevices } from './testing/fake-media-devices.ts';

const headset = { id: 'headset', kind: 'audio', label: 'Fone USB' } as const;
const builtIn = { id: 'built-in', kind: 'audio', label: 'Microfone interno' } as const;
const front = { id: 'front', kind: 'video', label: 'Câmera frontal' } as const;
const back = { id: 'back', kind: 'video', label: 'Câmera traseira' } as const;

async function opened(...plugged: FakeMediaDevices['plugged']) {
  const fake = new FakeMediaDevices();
  fake.plugged = plugged;
  const devices = new LocalDevices({ devices: fake as unknown as MediaDevices, camera: true });
  const end = devices.subscribe(() => undefined);
  await devices.request();
  return { fake, devices, end, state: devices.state };
}

describe('local devices', () => {
  it('opens both, and says what there is to choose from', async () => {
    const { state } = await opened(headset, builtIn, front);
    expect(state()).toMatchObject({
      status: 'ready',
      microphoneId: 'headset',
      cameraId: 'front',
      microphones: [{ id: 'headset' }, { id: 'built-in' }],
      cameras: [{ id: 'front' }],
    });
  });

  it('changes to another microphone and leaves the camera alone', async () => {
    const { fake, devices, state } = await opened(headset, builtIn, front);
    const camera = state().video;
    devices.setMicrophoneOn(false);
    await devices.choose('audio', 'built-in');
    expect(state()).toMatchObject({ microphoneId: 'built-in', status: 'ready', replaced: null });
    expect(state().video).toBe(camera);
    expect(fake.live).toEqual(['front', 'built-in']);
    // Who was mute stays mute.
    expect(state().audio?.enabled).toBe(false);
  });

  it('keeps the present one when the wanted one does not open', async () => {
    const { devices, state } = await opened(headset, { ...builtIn, busy: true }, front);
    await devices.choose('audio', 'gone');
    expect(state()).toMatchObject({ microphoneId: 'headset', microphoneTrouble: null });
  });

  it('lets the first camera go where only one opens at a time', async () => {
    const { fake, devices, state } = await opened(builtIn, front, back);
    fake.oneAtATime = true;
    await devices.choose('video', 'back');
    expect(state()).toMatchObject({ cameraId: 'back', cameraTrouble: null });
    expect(fake.live).toEqual(['built-in', 'back']);
  });

  it('takes another microphone when one is unplugged, and says which', async () => {
    const { fake, devices, state } = await opened(headset, builtIn, front);
    const camera = state().video;
    fake.unplug('headset');
    await vi.waitFor(() => expect(state().replaced).not.toBeNull());
    expect(state().replaced).toEqual({ kind: 'audio', label: 'Microfone interno' });
    expect(state().video).toBe(camera);
    devices.forgetReplaced();
    expect(state().replaced).toBeNull();
  });

  it('says that the last one is gone, and takes the next one that is plugged in', async () => {
    const { fake, state } = await opened(headset, front);
    fake.unplug('headset');
    await vi.waitFor(() => expect(state().microphoneTrouble).toBe('missing'));
    expect(state().audio).toBeNull();
    fake.plug(builtIn);
    await vi.waitFor(() => expect(state().microphoneId).toBe('built-in'));
    expect(state().microphoneTrouble).toBeNull();
  });

  it('of two choices made at once the later counts, and nothing else stays open', async () => {
    const { fake, devices, state } = await opened(headset, builtIn, front);
    const gates: (() => void)[] = [];
    fake.beforeAnswer = () => new Promise((resolve) => gates.push(resolve));
    const first = devices.choose('audio', 'built-in');
    const second = devices.choose('audio', 'headset');
    gates[1]?.();
    await second;
    gates[0]?.();
    await first;
    expect(state().microphoneId).toBe('headset');
    expect(fake.live.sort()).toEqual(['front', 'headset']);
  });

  it('lets everything go with the page, also what is opened meanwhile', async () => {
    const { fake, devices, end, state } = await opened(headset, builtIn, front);
    let answer = () => {};
    fake.beforeAnswer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const choosing = devices.choose('audio', 'built-in');
    end();
    answer();
    await choosing;
    expect(fake.live).toEqual([]);
    expect(state().status).toBe('idle');
  });

  it('is ready only when the last request was answered', async () => {
    const fake = new FakeMediaDevices();
    fake.plugged = [headset, front];
    const gates: (() => void)[] = [];
    fake.beforeAnswer = () => new Promise((resolve) => gates.push(resolve));
    const devices = new LocalDevices({ devices: fake as unknown as MediaDevices, camera: true });
    // As React's strict mode does it.
    devices.subscribe(() => undefined)();
    const end = devices.subscribe(() => undefined);
    const first = devices.request();
    const second = devices.request();
    gates[0]?.();
    await first;
    expect(devices.state()).toMatchObject({ status: 'asking', audio: null });
    gates[1]?.();
    await second;
    expect(devices.state()).toMatchObject({ status: 'ready', microphoneId: 'headset' });
    end();
  });

  it('names what is wrong for each device apart', async () => {
    const { state } = await opened({ ...headset, busy: true }, front);
    expect(state()).toMatchObject({
      microphoneTrouble: 'busy',
      cameraTrouble: null,
      cameraId: 'front',
    });
    const none = new LocalDevices({ devices: undefined, camera: true });
    await none.request();
    expect(none.state()).toMatchObject({
      microphoneTrouble: 'unsupported',
      cameraTrouble: 'unsupported',
    });
  });
});
