'use client';
import { useState } from 'react';
import { useAct } from '#components/shared/use-act.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { retranscriptionMessages as text } from '#messages/retranscription.ts';
import { sharedMessages } from '#messages/shared.ts';
import { RetranscriptionChanges } from './retranscription-changes.tsx';
import {
  LastTime,
  RetranscriptionBar,
  RetranscriptionEnd,
  RetranscriptionOffer,
  RetranscriptionRefused,
} from './retranscription-view.tsx';
import type { RetranscriptionState } from './use-retranscription.ts';

interface Props {
  roomId: string;
  retranscription: RetranscriptionState;
  open: boolean;
  onClose: () => void;
}

/** What will happen, how far it is, and what came of it. Closed, the job goes on. */
export function RetranscribeDialog({ roomId, retranscription, open, onClose }: Props) {
  const { cancel, ended, error, forget, reload, start, state, underWay } = retranscription;
  const { act, busy } = useAct();
  const [reading, setReading] = useState(false);
  const done = state?.job?.result ? state.job : null;
  const changed = done?.result && done.result.changed + done.result.added + done.result.joined > 0;
  const offered = state !== undefined && !underWay && !ended && state.refusal === null;

  function close(): void {
    setReading(false);
    forget();
    onClose();
  }

  const seeing = changed && !underWay && !reading;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={reading ? text.changes : text.title}
      {...(!reading && (offered || underWay) ? { description: text.intro } : {})}
      className={reading ? 'max-w-2xl' : ''}
      footer={
        underWay ? (
          <>
            <Button
              variant="secondary"
              busy={busy}
              onClick={() => void act(cancel, { failed: text.failedToCancel })}
            >
              {text.cancel}
            </Button>
            <Button onClick={close}>{text.leave}</Button>
          </>
        ) : (
          <>
            <Button variant={offered ? 'secondary' : 'primary'} onClick={close}>
              {offered ? sharedMessages.cancel : text.close}
            </Button>
            {offered && !reading ? (
              <Button
                busy={busy}
                onClick={() => void act(start, { failed: text.failedToAsk }).then(() => reload())}
              >
                {text.start}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {error ? <Alert tone="danger">{errorSentence(error)}</Alert> : null}
        {!state && !error ? <Skeleton className="h-32" /> : null}
        {underWay ? <RetranscriptionBar job={underWay} /> : null}
        {reading && done ? <RetranscriptionChanges roomId={roomId} jobId={done.id} /> : null}
        {!underWay && !reading && ended ? <RetranscriptionEnd job={ended} /> : null}
        {offered && !reading ? <RetranscriptionOffer last={done} /> : null}
        {state?.refusal && !ended && !reading ? (
          <>
            <RetranscriptionRefused refusal={state.refusal} />
            <LastTime job={done} />
          </>
        ) : null}
        {seeing ? (
          <Button variant="link" size="sm" className="self-start" onClick={() => setReading(true)}>
            {text.seeChanges}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
