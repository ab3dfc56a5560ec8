'use client';
import type { CalendarStatus } from '@medcall/shared-types';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import { settingsMessages } from '#messages/settings.ts';
import { GoogleSyncState } from './google-sync-state.tsx';
import type { CalendarAnswer } from './settings-tabs.ts';

const text = settingsMessages.calendar;

interface Props {
  google: CalendarStatus['google'];
  /** How the visit to Google's page ended, right after it. */
  answer: CalendarAnswer | null;
  onChanged: () => void;
}

/** The connection with Google's calendar, where the installation has one. */
export function GoogleCard({ google, answer, onChanged }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const { act, busy } = useAct();
  const [asking, setAsking] = useState(false);
  const { available, status } = google;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.googleTitle}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {answer ? (
          <Alert tone={answer === 'conectado' ? 'ok' : 'warning'}>{text.back[answer]}</Alert>
        ) : null}
        <p className="text-ink-soft">{text.googleLead}</p>
        {available ? null : <p>{text.googleMissing}</p>}
        <GoogleSyncState google={google} />
        <div className="flex flex-wrap gap-3">
          {available && status !== 'active' ? (
            <Button
              busy={busy}
              onClick={() =>
                void act(async () => window.location.assign((await gateway.connectGoogle()).url), {
                  failed: text.connectFailed,
                })
              }
            >
              {text.connect}
            </Button>
          ) : null}
          {status === 'disconnected' ? null : (
            <Button variant="secondary" onClick={() => setAsking(true)}>
              {text.disconnect}
            </Button>
          )}
        </div>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.disconnectTitle}
        description={text.disconnectText}
        action={text.disconnect}
        onConfirm={async () => {
          await gateway.disconnectGoogle();
          toast({ title: text.disconnected, tone: 'ok' });
          onChanged();
        }}
      />
    </Card>
  );
}
