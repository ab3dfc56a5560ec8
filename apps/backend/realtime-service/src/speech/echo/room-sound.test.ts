import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomSound } from './room-sound.ts';

const second = (value: number) => new Int16Array(16_000).fill(value);

describe('the sound of a room', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives the others’ sound at one’s own positions, silence where nothing is known', () => {
    const room = new RoomSound();
    const doctor = room.join('doctor', 0);
    const patient = room.join('patient', 8_000);
    doctor.add(second(100), 0);
    doctor.add(second(200), 16_000);
    const [, heard] = patient.others(4_000, 36_000)[0] ?? [];
    expect([0, 3_999, 4_000, 19_999, 20_000].map((i) => (heard?.[i] ?? 1) * 32_768)).toEqual([
      100, 100, 200, 200, 0,
    ]);
  });

  it('knows no echo between two captures of one person', () => {
    const room = new RoomSound();
    const phone = room.join('doctor', 0);
    room.join('doctor', 0).add(second(100), 0);
    expect(phone.isAlone).toBe(true);
    expect(phone.others(0, 16_000)).toEqual([]);
  });

  it('waits for another stream that is nearly there', async () => {
    const room = new RoomSound();
    const doctor = room.join('doctor', 0);
    const patient = room.join('patient', 0);
    doctor.add(second(1), 0);
    const heard = vi.fn();
    const waiting = patient.whenOthersHeard(20_000).then(heard);
    await vi.advanceTimersByTimeAsync(50);
    expect(heard).not.toHaveBeenCalled();
    doctor.add(second(1), 16_000);
    await waiting;
    expect(heard).toHaveBeenCalledOnce();
  });

  it('does not wait for a silent stream, nor long for one that is late, nor for one that has left', async () => {
    const room = new RoomSound();
    const doctor = room.join('doctor', 0);
    const patient = room.join('patient', 0);
    doctor.add(second(1), 0);
    await patient.whenOthersHeard(10 * 16_000);
    const late = patient.whenOthersHeard(2 * 16_000);
    await vi.advanceTimersByTimeAsync(400);
    await late;
    const left = patient.whenOthersHeard(2 * 16_000);
    doctor.leave();
    await left;
  });

  it('waits for a log that is being read, however long it takes', async () => {
    const room = new RoomSound();
    const doctor = room.join('doctor', 0);
    const patient = room.join('patient', 0);
    doctor.beginReplay();
    const heard = vi.fn();
    const waiting = patient.whenOthersHeard(20_000).then(heard);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).not.toHaveBeenCalled();
    doctor.endReplay();
    await waiting;
  });

  it('forgets what nobody can ask for any more, and keeps what a slow stream still needs', () => {
    const room = new RoomSound();
    const doctor = room.join('doctor', 0);
    const patient = room.join('patient', 0);
    const both = (from: number, to: number) => {
      for (let s = from; s < to; s += 1) {
        doctor.add(second(101 + s), s * 16_000);
        patient.add(second(100), s * 16_000);
        doctor.passed((s + 1) * 16_000);
      }
    };
    const level = (s: number) =>
      (patient.others(s * 16_000, s * 16_000 + 1)[0]?.[1][0] ?? 0) * 32_768;
    patient.passed(0);
    both(0, 60);
    expect(level(0)).toBe(101);
    patient.passed(60 * 16_000);
    both(60, 62);
    expect(level(50)).toBe(0);
    expect(level(58)).toBe(159);
  });
});
