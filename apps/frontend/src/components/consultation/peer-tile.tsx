'use client';
import type { Participant } from '@medcall/shared-types';
import { Button } from '#components/ui/button.ts';
import type { RemotePeer } from '#hooks/useWebRTC.ts';
import { callMessages } from '#messages/call.ts';
import { VideoTile } from './video-tile.tsx';

const text = callMessages.line;

interface Props {
  person: Participant;
  /** Undefined before the media line to this person is begun. */
  peer: RemotePeer | undefined;
  onRetry: (participantId: string) => void;
  contain?: boolean;
  nameOnTop?: boolean;
  className?: string;
}

/** Another person of the room: the picture, or why there is none and what can be done. */
export function PeerTile({ person, peer, onRetry, ...look }: Props) {
  const away = person.state === 'away';
  return (
    <VideoTile
      name={person.name}
      stream={peer?.stream ?? null}
      cameraOn={peer?.devices.camera ?? true}
      microphoneOn={peer?.devices.microphone ?? true}
      note={away ? callMessages.awayPeer(person.name) : noteOf(person, peer)}
      noteAction={
        peer?.stalled && !away ? (
          <Button size="sm" variant="secondary" onClick={() => onRetry(person.id)}>
            {text.tryAgain}
          </Button>
        ) : null
      }
      {...look}
    />
  );
}

function noteOf(person: Participant, peer: RemotePeer | undefined): string | null {
  if (peer?.stalled) return text.stalled(person.name);
  switch (peer?.state) {
    case 'connected':
      return null;
    case 'failed':
    case 'disconnected':
      return text.mediaFailed;
    default:
      return text.mediaConnecting;
  }
}
