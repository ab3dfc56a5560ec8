'use client';
import type { Participant } from '@medcall/shared-types';
import { type ReactNode, useMemo } from 'react';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { RemotePeer } from '#hooks/useWebRTC.ts';
import { cn } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';
import { PeerTile } from '../peer-tile.tsx';
import { VideoTile } from '../video-tile.tsx';
import { EmptyRoom } from './empty-room.tsx';

interface Props {
  consultationId: string;
  participants: readonly Participant[];
  peers: ReadonlyMap<string, RemotePeer>;
  onRetry: (participantId: string) => void;
  media: LocalMedia;
  screen: MediaStreamTrack | null;
  /** Who is at the door: over the picture, so that nothing beside it moves. */
  children: ReactNode;
}

/** The others large, myself small in the corner. */
export function DoctorStage({
  consultationId,
  participants,
  peers,
  onRetry,
  media,
  screen,
  children,
}: Props) {
  const own = screen ?? media.video;
  const ownStream = useMemo(() => (own ? new MediaStream([own]) : null), [own]);
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden rounded-lg bg-stage text-on-stage">
      {participants.length === 0 ? <EmptyRoom consultationId={consultationId} /> : null}
      <div
        className={cn(
          'grid size-full gap-1',
          participants.length > 1 && 'grid-rows-2 sm:grid-cols-2 sm:grid-rows-1',
        )}
      >
        {participants.map((person) => (
          <PeerTile
            key={person.id}
            person={person}
            peer={peers.get(person.id)}
            onRetry={onRetry}
            className="size-full min-h-0 rounded-none"
          />
        ))}
      </div>
      <VideoTile
        name={text.you}
        stream={ownStream}
        cameraOn={screen !== null || media.cameraOn}
        microphoneOn={media.microphoneOn && media.audio !== null}
        muted
        mirrored={screen === null}
        contain={screen !== null}
        small
        className="absolute right-3 bottom-3 aspect-[4/3] w-28 ring-2 ring-on-stage/25 sm:w-44"
      />
      <div className="absolute inset-x-3 top-3 text-ink">{children}</div>
    </div>
  );
}
