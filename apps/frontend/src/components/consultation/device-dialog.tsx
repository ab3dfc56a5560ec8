'use client';
import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Field } from '#components/ui/field.ts';
import { Select } from '#components/ui/input.ts';
import { PlainDialog } from '#components/ui/plain-dialog.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { DeviceChoice } from '#lib/call/local-devices.ts';
import { callMessages } from '#messages/call.ts';
import { CallButton } from './call-button.tsx';

const text = callMessages.devices;

/** Another microphone or camera, without leaving the call. */
export function DeviceButton({ media }: { media: LocalMedia }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <CallButton
        label={text.open}
        icon={<Settings2 aria-hidden="true" />}
        onPress={() => setOpen(true)}
      />
      <PlainDialog open={open} onOpenChange={setOpen} title={text.title} description={text.lead}>
        <div className="flex flex-col gap-4">
          <DeviceSelect
            label={text.microphone}
            none={text.noMicrophone}
            choices={media.microphones}
            chosen={media.microphoneId}
            onChoose={(id) => void media.choose('audio', id)}
          />
          <DeviceSelect
            label={text.camera}
            none={text.noCamera}
            choices={media.cameras}
            chosen={media.cameraId}
            onChoose={(id) => void media.choose('video', id)}
          />
        </div>
      </PlainDialog>
    </>
  );
}

interface DeviceSelectProps {
  label: string;
  none: string;
  choices: readonly DeviceChoice[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

function DeviceSelect({ label, none, choices, chosen, onChoose }: DeviceSelectProps) {
  return (
    <Field label={label}>
      <Select
        value={chosen ?? ''}
        disabled={choices.length === 0}
        onChange={(event) => onChoose(event.target.value)}
      >
        {chosen === null ? <option value="">{none}</option> : null}
        {choices.map((choice, k) => (
          <option key={choice.id} value={choice.id}>
            {choice.label || text.unnamed(label, k + 1)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
