'use client';
import { MicOff, Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { cn } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';

interface Props {
  stream: MediaStream | null;
  name: string;
  /** Nothing of me comes out of my own loudspeaker. */
  muted?: boolean;
  /** As in a mirror, for one's own camera. */
  mirrored?: boolean;
  cameraOn: boolean;
  microphoneOn?: boolean;
  note?: string | null;
  /** What can be done about it. */
  noteAction?: ReactNode;
  small?: boolean;
  /** The whole picture instead of a filled frame: for a shared screen. */
  contain?: boolean;
  /** Where captions lie over the lower edge. */
  nameOnTop?: boolean;
  className?: string;
}

/** A person's picture and voice; a name in large letters where there is no picture. */
export function VideoTile({
  stream,
  name,
  muted = false,
  mirrored = false,
  cameraOn,
  microphoneOn = true,
  note = null,
  noteAction = null,
  small = false,
  contain = false,
  nameOnTop = false,
  className,
}: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    if (!stream) return;
    element.play().then(
      () => setBlocked(false),
      // Browsers refuse sound on a page that nobody has touched yet.
      (error: unknown) =>
        setBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }, [stream]);

  const showPicture = stream !== null && cameraOn;
  return (
    <div className={cn('relative overflow-hidden rounded-lg bg-stage text-on-stage', className)}>
      <video
        ref={video}
        autoPlay
        playsInline
        muted={muted}
        aria-label={name}
        className={cn(
          'size-full',
          contain ? 'object-contain' : 'object-cover',
          mirrored && '-scale-x-100',
          !showPicture && 'invisible',
        )}
      />
      {showPicture ? null : (
        <div className="absolute inset-0 grid place-content-center gap-1 p-3 text-center">
          {noteAction ? null : (
            <p className={small ? 'text-sm font-semibold' : 'text-2xl font-bold'}>{name}</p>
          )}
          {note === null && stream !== null ? (
            <p className="text-sm text-stage-soft">{text.cameraOffPeer}</p>
          ) : null}
        </div>
      )}
      {note ? (
        <div
          role="status"
          className={cn(
            'absolute inset-x-0 flex items-center justify-center bg-stage/85 px-3 text-center',
            // What can be pressed stands in the middle: on a telephone the edges are taken.
            noteAction ? 'top-1/2 -translate-y-1/2 flex-col gap-3 py-4' : 'top-0 py-1.5 text-sm',
          )}
        >
          <p>{note}</p>
          {noteAction}
        </div>
      ) : null}
      <div
        className={cn(
          'absolute left-2 flex items-center gap-2',
          nameOnTop ? 'top-2' : 'bottom-2',
          nameOnTop && note !== null && !noteAction && 'top-10',
        )}
      >
        {small ? null : (
          <span className="rounded-md bg-stage/75 px-2 py-0.5 text-sm font-semibold">{name}</span>
        )}
        {microphoneOn ? null : (
          <span
            className="grid size-7 place-items-center rounded-full bg-stage/75"
            title={text.microphoneOffPeer}
          >
            <MicOff className="size-4" aria-hidden="true" />
            <span className="sr-only">{text.microphoneOffPeer}</span>
          </span>
        )}
      </div>
      {blocked ? (
        <div className="absolute inset-0 grid place-items-center bg-stage/70">
          <Button
            onClick={() => {
              void video.current?.play().then(() => setBlocked(false));
            }}
          >
            <Volume2 aria-hidden="true" />
            {text.playBlocked}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
