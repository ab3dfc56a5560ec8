import type { Participant, RoomJoined } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { createConsultationStore } from './consultationStore.ts';

function aPerson(id: string, state: Participant['state'], name = id): Participant {
  return { id, userId: `u-${id}`, name, role: 'patient', state };
}

function aJoin(over: Partial<RoomJoined> = {}): RoomJoined {
  const self: Participant = { ...aPerson('me', 'joined'), role: 'doctor' };
  return {
    roomId: 'sala-1234',
    self,
    participants: [self, aPerson('helena', 'joined'), aPerson('ana', 'waiting')],
    status: 'IN_PROGRESS',
    iceServers: [{ urls: 'stun:example.org' }],
    transcription: { active: false },
    resume: {},
    ...over,
  };
}

describe('consultationStore', () => {
  it('tells those inside from those at the door, and leaves me out', () => {
    const store = createConsultationStore();
    store.getState().roomJoined(aJoin());
    expect(store.getState().participants.map(({ id }) => id)).toEqual(['helena']);
    expect(store.getState().waiting.map(({ id }) => id)).toEqual(['ana']);
  });

  it('moves a person from the door into the room and out again', () => {
    const store = createConsultationStore();
    const { participantSeen, participantGone } = store.getState();
    participantSeen(aPerson('helena', 'waiting'));
    expect(store.getState().waiting).toHaveLength(1);
    participantSeen(aPerson('helena', 'joined'));
    expect(store.getState()).toMatchObject({ waiting: [], participants: [{ id: 'helena' }] });
    participantSeen(aPerson('helena', 'away'));
    expect(store.getState().participants).toMatchObject([{ state: 'away' }]);
    participantGone('helena');
    expect(store.getState().participants).toEqual([]);
  });

  it('does not take my own arrival, heard back from another node, for somebody else’s', () => {
    const store = createConsultationStore();
    const { roomJoined, participantSeen } = store.getState();
    roomJoined(aJoin());
    participantSeen({ ...aPerson('me', 'joined'), role: 'doctor' });
    expect(store.getState().participants.map(({ id }) => id)).toEqual(['helena']);
  });

  it('follows the transcription through a dropped line', () => {
    const store = createConsultationStore();
    const { roomJoined, setTranscription } = store.getState();
    setTranscription({ kind: 'on', engine: 'whisper' });
    roomJoined(aJoin({ transcription: { active: true } }));
    expect(store.getState().transcription).toEqual({ kind: 'on', engine: 'whisper' });
    roomJoined(aJoin({ transcription: { active: false } }));
    expect(store.getState().transcription.kind).toBe('stopped');
  });
});
