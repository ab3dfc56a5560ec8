'use client';
import {
  Keyboard,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Pause,
  PhoneOff,
  Play,
  Video,
  VideoOff,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import { callMessages } from '#messages/call.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { CallButton } from '../call-button.tsx';
import { DeviceButton } from '../device-dialog.tsx';

const text = callMessages.controls;

interface Props {
  media: LocalMedia;
  screen: { available: boolean; active: boolean; toggle: () => void };
  /** Null where there is nothing to start: AI is off for this consultation. */
  transcription: { on: boolean; toggle: () => void } | null;
  /** Between the devices and the end: who else may be asked in. */
  children?: ReactNode;
  onHelp: () => void;
  onEnd: () => void;
}

/** The doctor's row of controls, `end` apart from the others. */
export function CallControls({ media, screen, transcription, onHelp, children, onEnd }: Props) {
  const { microphoneOn, cameraOn } = media;
  return (
    <div
      role="toolbar"
      aria-label={text.label}
      className="flex flex-wrap items-center justify-center gap-1 sm:gap-2"
    >
      <CallButton
        label={microphoneOn ? text.mute : text.unmute}
        icon={microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        tone={microphoneOn ? 'plain' : 'off'}
        shortcut="M"
        disabled={media.audio === null}
        onPress={() => media.setMicrophoneOn(!microphoneOn)}
      />
      <CallButton
        label={cameraOn ? text.cameraOff : text.cameraOn}
        icon={cameraOn ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
        tone={cameraOn ? 'plain' : 'off'}
        shortcut="V"
        disabled={media.video === null}
        onPress={() => media.setCameraOn(!cameraOn)}
      />
      <DeviceButton media={media} />
      {screen.available ? (
        <CallButton
          label={screen.active ? text.stopSharing : text.shareScreen}
          icon={screen.active ? <MonitorX aria-hidden="true" /> : <MonitorUp aria-hidden="true" />}
          tone={screen.active ? 'off' : 'plain'}
          onPress={screen.toggle}
        />
      ) : null}
      {transcription ? (
        <CallButton
          label={transcription.on ? text.pauseTranscription : text.startTranscription}
          icon={transcription.on ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          shortcut="T"
          wide
          onPress={transcription.toggle}
        />
      ) : null}
      {/* Where there is a keyboard. */}
      <span className="hidden lg:block">
        <CallButton
          label={doctorCallMessages.help.open}
          icon={<Keyboard aria-hidden="true" />}
          shortcut="?"
          onPress={onHelp}
        />
      </span>
      {children}
      <span className="hidden sm:block sm:w-8" />
      <CallButton
        label={text.end}
        icon={<PhoneOff aria-hidden="true" />}
        tone="danger"
        wide
        onPress={onEnd}
      />
    </div>
  );
}
