import type { ConsultationStore } from '../../store/consultationStore.ts';
import type { RoomSocket } from './room-link.ts';

/** Writes what the room says into the store. The signals of WebRTC are not kept: their hook listens itself. */
export function wireRoom(socket: RoomSocket, store: ConsultationStore): void {
  const state = () => store.getState();
  socket.on('room-joined', (event) => state().roomJoined(event));
  socket.on('user-joined', ({ participant }) => state().participantSeen(participant));
  socket.on('participant-updated', ({ participant }) => state().participantSeen(participant));
  socket.on('participant-waiting', ({ participant }) => state().participantSeen(participant));
  socket.on('user-left', ({ participantId }) => state().participantGone(participantId));
  socket.on('call-moved', () => state().setPhase({ kind: 'elsewhere' }));
  socket.on('admission-denied', () => state().setPhase({ kind: 'denied' }));
  socket.on('transcription-started', ({ engine }) =>
    state().setTranscription({ kind: 'on', engine }),
  );
  socket.on('transcription-stopped', ({ reason }) =>
    state().setTranscription({ kind: 'stopped', reason }),
  );
  socket.on('recording-started', () => {
    // Online the same event says that the sound is kept; `transcription-started` names the engine.
    const { transcription } = state();
    if (transcription.kind !== 'on') state().setTranscription({ kind: 'on', engine: null });
  });
  socket.on('recording-stopped', () =>
    state().setTranscription({ kind: 'stopped', reason: 'doctor' }),
  );
  socket.on('transcription', (event) => state().utterance(event));
  socket.on('transcription-update', (event) => state().utterance(event));
  socket.on('presential-joined', (event) => state().presentialJoined(event));
  socket.on('suggestion', ({ roomId: _room, context: _context, ...question }) =>
    state().question(question),
  );
  socket.on('coverage', ({ items }) => state().setCoverage(items));
  socket.on('cost', (cost) => state().setCost(cost));
  socket.on('transcription-lag', ({ seconds }) => state().setLag(seconds));
  const ended = ({ endedAt, pendingSeconds }: { endedAt: string; pendingSeconds: number }) => {
    state().setTranscription({ kind: 'stopped', reason: 'ended' });
    state().setPhase({ kind: 'ended', endedAt, pendingSeconds });
  };
  socket.on('consultation-ended', ended);
  socket.on('presential-ended', ended);
}
