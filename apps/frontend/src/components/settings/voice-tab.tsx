'use client';
import { type VoiceProfileView, voiceConsent } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError } from '#lib/api/api-error.ts';
import type { UploadOptions } from '#lib/api/upload.ts';
import { formatDate } from '#lib/utils.ts';
import { settingsMessages } from '#messages/settings.ts';
import type { SettingsTabProps } from './tab-props.ts';
import { VoiceRecorder } from './voice-recorder.tsx';

const text = settingsMessages.voice;

/** The doctor's own voice, for telling it apart in person. */
export function VoiceTab({ me }: SettingsTabProps) {
  const gateway = useGateway();
  const doctorId = me.doctor?.id ?? '';
  const { data, error, mutate } = useSWR(
    ['voice', doctorId],
    async () => ({ profile: await noneWhenMissing(gateway.voice(doctorId)) }),
    { revalidateOnFocus: false },
  );
  return (
    <Card className="max-w-2xl">
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="text-ink-soft">{text.lead}</p>
        <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
          {({ profile }) => (
            <Voice
              doctorId={doctorId}
              profile={profile}
              onChange={(changed) => void mutate({ profile: changed }, { revalidate: false })}
              onDoubt={() => void mutate()}
            />
          )}
        </Remote>
      </CardContent>
    </Card>
  );
}

interface VoiceProps {
  doctorId: string;
  profile: VoiceProfileView | null;
  onChange: (profile: VoiceProfileView | null) => void;
  /** Whether the service took it, nobody here knows. */
  onDoubt: () => void;
}

function Voice({ doctorId, profile, onChange, onDoubt }: VoiceProps) {
  const gateway = useGateway();
  const toast = useToast();
  const [agreed, setAgreed] = useState(false);
  const [recording, setRecording] = useState(false);
  const [forgetting, setForgetting] = useState(false);

  async function send(wav: Blob, options: UploadOptions): Promise<void> {
    const enrolled = await gateway.enrolVoice(doctorId, wav, options);
    onChange(enrolled);
    setRecording(false);
    toast({ title: text.saved, description: text.savedText, tone: 'ok' });
  }

  if (recording) {
    return (
      <VoiceRecorder
        onSend={send}
        onCancel={() => {
          setRecording(false);
          onDoubt();
        }}
      />
    );
  }
  return (
    <>
      {profile ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="font-semibold">
            {text.recorded(formatDate(profile.updated_at), profile.speech_seconds)}
          </p>
          <Badge tone={profile.usable ? 'ok' : 'warning'}>
            {profile.usable ? text.usable : text.old}
          </Badge>
        </div>
      ) : (
        <p className="font-semibold">{text.none}</p>
      )}
      {profile && !profile.usable ? <p>{text.outdated}</p> : null}
      <Checkbox
        checked={agreed}
        onCheckedChange={setAgreed}
        label={text.consent}
        description={voiceConsent.text}
      />
      <div className="flex flex-wrap gap-3">
        <Button disabled={!agreed} onClick={() => setRecording(true)}>
          {profile ? text.again : text.begin}
        </Button>
        {profile ? (
          <Button variant="secondary" onClick={() => setForgetting(true)}>
            {text.forget}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        open={forgetting}
        onClose={() => setForgetting(false)}
        title={text.forgetTitle}
        description={text.forgetText}
        action={text.forget}
        danger
        onConfirm={async () => {
          await gateway.forgetVoice(doctorId);
          onChange(null);
          toast({ title: text.forgotten, tone: 'ok' });
        }}
      />
    </>
  );
}

/** Nothing enrolled yet is an answer, not a failure. */
async function noneWhenMissing(asked: Promise<VoiceProfileView>): Promise<VoiceProfileView | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}
