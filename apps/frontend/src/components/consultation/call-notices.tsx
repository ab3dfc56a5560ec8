'use client';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { TranscriptionUpload } from '#hooks/useTranscription.ts';
import { callMessages as text } from '#messages/call.ts';
import type { ConsultationSnapshot } from '#store/consultationStore.ts';

interface Props {
  state: Pick<ConsultationSnapshot, 'line' | 'phase' | 'cost'>;
  media: LocalMedia;
  upload: TranscriptionUpload;
}

/** Less than this is the ordinary coming and going of the line. */
const worthSayingMs = 3_000;

/** What is wrong now and what happens about it; nothing when all is well. */
export function CallNotices({ state, media, upload }: Props) {
  const notices: React.ReactNode[] = [];
  if (state.line === 'reconnecting' && state.phase.kind !== 'connecting') {
    notices.push(
      <Alert key="line" tone="warning" title={text.reconnectingTitle} data-testid="reconnecting">
        {text.reconnectingText}
      </Alert>,
    );
  } else if (upload.backlogMs >= worthSayingMs) {
    notices.push(
      <Alert key="backlog" tone="warning">
        {text.backlog(Math.round(upload.backlogMs / 1000))}
      </Alert>,
    );
  }
  if (media.microphoneTrouble) {
    notices.push(
      <Alert
        key="microphone"
        tone="danger"
        title={text.callWithoutMicrophone}
        action={
          <Button size="sm" variant="secondary" onClick={() => void media.request()}>
            {text.tryDevicesAgain}
          </Button>
        }
      >
        {text.media[media.microphoneTrouble]}
      </Alert>,
    );
  } else if (media.cameraTrouble) {
    notices.push(<Alert key="camera">{text.cameraOnlyTrouble}</Alert>);
  }
  if (media.replaced) {
    const { kind, label } = media.replaced;
    notices.push(
      <Alert
        key="replaced"
        data-testid="device-replaced"
        action={
          <Button size="sm" variant="secondary" onClick={media.forgetReplaced}>
            {text.devices.understood}
          </Button>
        }
      >
        {text.devices.replaced[kind](label)}
      </Alert>,
    );
  }
  if (upload.trouble) {
    notices.push(
      <Alert key="upload" tone="warning">
        {upload.trouble}
      </Alert>,
    );
  }
  if (state.cost?.state === 'stopped') {
    notices.push(<Alert key="cost">{text.costStopped}</Alert>);
  }
  return notices.length === 0 ? null : <div className="flex flex-col gap-2">{notices}</div>;
}
