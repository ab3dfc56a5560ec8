'use client';
import { useMemo } from 'react';
import { PublicHeader } from '#components/shared/public-header.tsx';
import { Alert } from '#components/ui/alert.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { WaitingCalls } from '#lib/api/calls/waiting-calls.ts';
import { shortName } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages } from '#messages/patient.ts';
import { VideoTile } from '../video-tile.tsx';
import { WaitingMessage } from './waiting-message.tsx';
import { WaitingPlace } from './waiting-place.tsx';

const text = patientMessages.waiting;

interface Props {
  consultationId: string;
  /** Null for a guest, who waits for the patient and the doctor alike. */
  gateway: WaitingCalls | null;
  doctorName: string;
  connecting: boolean;
  reconnecting: boolean;
  media: LocalMedia;
}

/** The doctor has been told: one's place, a way to leave a word, and nothing that must be done. */
export function WaitingScreen({
  consultationId,
  gateway,
  doctorName,
  connecting,
  reconnecting,
  media,
}: Props) {
  const { video, cameraOn } = media;
  const doctor = shortName(doctorName);
  const own = useMemo(() => (video ? new MediaStream([video]) : null), [video]);
  return (
    <main className="mx-auto flex w-full max-w-lg flex-1 flex-col px-5 py-6">
      <PublicHeader />
      <div className="my-auto flex flex-col gap-5 py-8">
        <div role="status" data-testid="waiting">
          <h1 tabIndex={-1} className="text-3xl font-bold outline-none">
            {connecting ? callMessages.connecting : text.title}
          </h1>
          <p className="mt-2 text-lg text-ink-soft">{text.text(doctor)}</p>
        </div>
        {gateway && !connecting ? (
          <WaitingPlace gateway={gateway} consultationId={consultationId} doctor={doctor} />
        ) : null}
        {reconnecting ? <Alert tone="warning">{callMessages.reconnectingTitle}</Alert> : null}
        <VideoTile
          stream={own}
          name={callMessages.you}
          cameraOn={cameraOn}
          muted
          mirrored
          small
          className="aspect-[4/3] w-full"
        />
        {gateway && !connecting ? (
          <WaitingMessage gateway={gateway} consultationId={consultationId} doctor={doctor} />
        ) : null}
      </div>
    </main>
  );
}
