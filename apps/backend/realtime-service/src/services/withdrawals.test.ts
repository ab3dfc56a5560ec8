import { createLogger } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import type { RoomView } from './consultation-reader.ts';
import { Withdrawals } from './withdrawals.ts';

const viewOf = (id: string): RoomView => ({
  consultationId: id,
  roomId: `room-${id}`,
  clinicaId: 'clinic',
  doctorId: 'doctor',
  doctorAuth: null,
  doctorName: 'Bia',
  status: 'IN_PROGRESS',
  type: 'ONLINE',
  aiEnabled: true,
  timelineZeroAt: null,
  endedAt: null,
});

/** A room whose sound can be deleted once nothing is in the way. */
function aRoom(id: string, discard: () => Promise<void>) {
  const room = {
    view: viewOf(id),
    transcribing: true,
    refuse() {
      room.transcribing = false;
    },
    discard,
  };
  return room;
}

function withdrawals(close: () => Promise<boolean> = async () => true) {
  const told: unknown[] = [];
  const all = new Withdrawals({
    captures: { close },
    broadcaster: { toRoles: (_room, _roles, event, payload) => void told.push([event, payload]) },
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  return { all, told };
}

const stopped = (id: string) => [
  'transcription-stopped',
  { roomId: `room-${id}`, reason: 'consent_withdrawn' },
];

describe('a withdrawal', () => {
  it('closes the capture and tells the room though the sound cannot be deleted, and deletes it later', async () => {
    let tries = 0;
    const { all, told } = withdrawals();
    const room = aRoom('a', async () => {
      tries += 1;
      if (tries === 1) throw new Error('disk');
    });
    await expect(all.begin(room, 'consent_withdrawn')).rejects.toThrow('disk');
    expect(room.transcribing).toBe(false);
    expect(told).toEqual([stopped('a')]);
    await all.retry();
    await all.retry();
    expect(tries).toBe(2);
    expect(told).toEqual([stopped('a')]);
  });

  it('deletes the sound though the capture cannot be closed, and closes it later', async () => {
    let closes = 0;
    let discards = 0;
    const { all, told } = withdrawals(async () => {
      closes += 1;
      if (closes === 1) throw new Error('database');
      return true;
    });
    const room = aRoom('a', async () => {
      discards += 1;
    });
    await expect(all.begin(room, 'consent_withdrawn')).rejects.toThrow('database');
    expect([discards, told]).toEqual([1, []]);
    await all.retry();
    expect(told).toEqual([stopped('a')]);
  });

  it('keeps no other room waiting', async () => {
    const { all, told } = withdrawals();
    const never = new Promise<void>(() => undefined);
    void all.begin(
      aRoom('slow', () => never),
      'consent_withdrawn',
    );
    void all.retry();
    await all.begin(
      aRoom('b', async () => undefined),
      'consent_withdrawn',
    );
    expect(told).toEqual([stopped('slow'), stopped('b')]);
  });

  it('has deleted the old sound before new sound is taken, and leaves the new alone', async () => {
    let tries = 0;
    const { all } = withdrawals();
    const room = aRoom('a', async () => {
      tries += 1;
      if (tries < 3) throw new Error('disk');
    });
    await expect(all.begin(room, 'consent_withdrawn')).rejects.toThrow('disk');
    await expect(all.settle('a')).rejects.toThrow('disk');
    await all.settle('a');
    room.transcribing = true;
    await all.retry();
    await all.settle('a');
    expect(tries).toBe(3);
  });
});
