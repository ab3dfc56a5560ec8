'use client';
import { VideoOff } from 'lucide-react';
import { useMemo } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages } from '#messages/patient.ts';
import { VideoTile } from '../video-tile.tsx';
import { LevelBar } from './level-bar.tsx';
import { StepFrame } from './step-frame.tsx';

const text = patientMessages.devices;

interface Props {
  media: LocalMedia;
  step: number;
  total: number;
  /** A guest says here whether his speech is written down as well; null for a patient. */
  speech?: { agreed: boolean; onChange: (agreed: boolean) => void } | null;
  onNext: () => void;
}

/** One's own picture and a bar that moves: then nobody has to ask "está me ouvindo?". */
export function DeviceStep({ media, step, total, speech = null, onNext }: Props) {
  const { status, video, audio, microphoneTrouble, cameraTrouble } = media;
  const picture = useMemo(() => (video ? new MediaStream([video]) : null), [video]);
  const ready = status === 'ready';
  return (
    <StepFrame
      step={step}
      total={total}
      title={text.title}
      footer={
        ready ? (
          <>
            <Button size="lg" onClick={onNext}>
              {audio ? text.next : text.nextWithoutMicrophone}
            </Button>
            {microphoneTrouble || cameraTrouble ? (
              <Button variant="secondary" onClick={() => void media.request()}>
                {callMessages.tryDevicesAgain}
              </Button>
            ) : null}
          </>
        ) : (
          <Button size="lg" busy>
            {text.asking}
          </Button>
        )
      }
    >
      {/* Picture and bar have their places from the start: nothing moves when they come. */}
      <div className="flex flex-col gap-4">
        {picture ? (
          <VideoTile
            stream={picture}
            name={callMessages.you}
            cameraOn
            muted
            mirrored
            small
            className="aspect-[4/3] w-full"
          />
        ) : (
          <div className="grid aspect-[4/3] w-full place-content-center justify-items-center rounded-lg bg-stage p-6 text-center text-lg text-on-stage">
            {ready ? <VideoOff aria-hidden="true" className="size-8" /> : <p>{text.askText}</p>}
          </div>
        )}
        {audio ? <LevelBar track={audio} /> : null}
        {ready ? null : <div aria-hidden="true" className="h-3 rounded-full bg-line" />}
        {speech && audio ? (
          <Checkbox
            checked={speech.agreed}
            onCheckedChange={speech.onChange}
            label={text.guestSpeech}
            description={text.guestSpeechText}
          />
        ) : null}
        {microphoneTrouble ? (
          <Alert tone="danger" data-testid="microphone-trouble">
            {callMessages.media[microphoneTrouble]}
          </Alert>
        ) : null}
        {cameraTrouble && !microphoneTrouble ? (
          <Alert>{callMessages.cameraOnlyTrouble}</Alert>
        ) : null}
      </div>
    </StepFrame>
  );
}
