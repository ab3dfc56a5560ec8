'use client';
import type { Participant, RoomConsultation } from '@medcall/shared-types';
import {
  Captions as CaptionsIcon,
  CaptionsOff,
  Mic,
  MicOff,
  PhoneOff,
  ShieldCheck,
  Video,
  VideoOff,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { LiveConsultation } from '#hooks/useConsultation.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { ConsentCalls } from '#lib/api/calls/consent-calls.ts';
import { shortName } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages } from '#messages/patient.ts';
import { CallButton } from '../call-button.tsx';
import { CallNotices } from '../call-notices.tsx';
import { DeviceButton } from '../device-dialog.tsx';
import { LineQuality } from '../line-quality.tsx';
import { lineWords } from '../line-words.ts';
import { PeerTile } from '../peer-tile.tsx';
import { VideoTile } from '../video-tile.tsx';
import { AiChoice } from './ai-choice.tsx';
import { Captions } from './captions.tsx';

const text = callMessages.controls;

interface Props {
  live: LiveConsultation;
  media: LocalMedia;
  gateway: ConsentCalls;
  consultation: RoomConsultation;
  isGuest: boolean;
  /** My own voice is part of the transcript while there is one. */
  transcribesMe: boolean;
  onLeave: () => void;
}

/** A telephone call with a face: few buttons, and captions for who wants them. */
export function PatientCall({
  live,
  media,
  gateway,
  consultation,
  isGuest,
  transcribesMe,
  onLeave,
}: Props) {
  const state = useStore(live.store);
  const [captions, setCaptions] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const { video, microphoneOn, cameraOn } = media;
  const own = useMemo(() => (video ? new MediaStream([video]) : null), [video]);
  const others = state.participants;
  const doctor = shortName(consultation.doctorName);
  const transcribing = state.transcription.kind === 'on';
  return (
    <main data-fullscreen className="relative flex min-h-0 flex-1 flex-col bg-stage text-on-stage">
      <h1 className="sr-only">{patientMessages.intro.title(consultation.doctorName)}</h1>
      <div className="p-2 empty:hidden">
        <CallNotices state={state} media={media} upload={live.upload} />
      </div>
      <div className="relative min-h-0 flex-1">
        {others.length === 0 ? (
          <p className="absolute inset-0 grid place-content-center p-6 text-center text-xl">
            {patientMessages.call.alone(doctor)}
          </p>
        ) : null}
        <Others participants={others} live={live} />
        <VideoTile
          stream={own}
          name={callMessages.you}
          cameraOn={cameraOn}
          microphoneOn={microphoneOn && media.audio !== null}
          muted
          mirrored
          small
          className="absolute top-3 right-3 aspect-[3/4] w-24 ring-2 ring-on-stage/25 sm:aspect-[4/3] sm:w-44"
        />
        {captions ? (
          <div className="absolute inset-x-3 bottom-3">
            <Captions store={live.store} doctor={doctor} />
          </div>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-0.5 px-4 pt-2 text-sm text-stage-soft">
        <p role="status" className="empty:hidden">
          {transcribesMe
            ? transcribing
              ? patientMessages.call.aiOn
              : patientMessages.call.aiOff
            : null}
        </p>
        {others.length > 0 ? (
          <LineQuality line={lineWords(state.line, true, [...live.peers.values()])} />
        ) : null}
      </div>
      <div
        role="toolbar"
        aria-label={text.label}
        className="flex flex-wrap items-center justify-center gap-3 px-3 pt-2 pb-4"
      >
        <CallButton
          label={microphoneOn ? text.mute : text.unmute}
          icon={microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
          tone={microphoneOn ? 'plain' : 'off'}
          disabled={media.audio === null}
          onPress={() => media.setMicrophoneOn(!microphoneOn)}
        />
        <CallButton
          label={cameraOn ? text.cameraOff : text.cameraOn}
          icon={cameraOn ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
          tone={cameraOn ? 'plain' : 'off'}
          disabled={video === null}
          onPress={() => media.setCameraOn(!cameraOn)}
        />
        <DeviceButton media={media} />
        {isGuest ? null : (
          <>
            <CallButton
              label={captions ? text.captionsOff : text.captionsOn}
              icon={
                captions ? <CaptionsOff aria-hidden="true" /> : <CaptionsIcon aria-hidden="true" />
              }
              pressed={captions}
              onPress={() => setCaptions((shown) => !shown)}
            />
            <CallButton
              label={patientMessages.call.choices}
              icon={<ShieldCheck aria-hidden="true" />}
              onPress={() => setChoosing(true)}
            />
          </>
        )}
        <CallButton
          label={text.leave}
          icon={<PhoneOff aria-hidden="true" />}
          tone="danger"
          wide
          onPress={onLeave}
        />
      </div>
      <AiChoice
        open={choosing}
        onOpenChange={setChoosing}
        consultationId={consultation.id}
        gateway={gateway}
      />
    </main>
  );
}

function Others({
  participants,
  live,
}: {
  participants: readonly Participant[];
  live: LiveConsultation;
}) {
  return (
    <div className="grid size-full auto-rows-fr gap-1 sm:auto-cols-fr sm:grid-flow-col">
      {participants.map((person) => (
        <PeerTile
          key={person.id}
          person={person}
          peer={live.peers.get(person.id)}
          onRetry={live.retryPeer}
          contain
          nameOnTop
          className="min-h-0 rounded-none"
        />
      ))}
    </div>
  );
}
