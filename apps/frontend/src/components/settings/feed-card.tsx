'use client';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { settingsMessages } from '#messages/settings.ts';

const text = settingsMessages.calendar;

/** A secret address of the agenda, shown once. */
export function FeedCard({ active, onChanged }: { active: boolean; onChanged: () => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const { act, busy } = useAct();
  const [url, setUrl] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  async function make(): Promise<void> {
    setUrl((await gateway.makeFeed()).url);
    onChanged();
  }

  async function end(): Promise<void> {
    const done = await act(() => gateway.endFeed(), {
      done: { title: text.feedEnded },
      failed: text.endFailed,
    });
    if (!done) return;
    setUrl(null);
    onChanged();
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url ?? '');
      toast({ title: text.copied, tone: 'ok' });
    } catch {
      toast({ title: text.copyFailed, tone: 'danger' });
    }
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.feedTitle}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <p className="text-ink-soft">{text.feedLead}</p>
        <p className="font-semibold">{active ? text.feedOn : text.feedOff}</p>
        {url ? (
          <>
            <div className="flex gap-2">
              <Input
                readOnly
                aria-label={text.feedTitle}
                value={url}
                onFocus={(event) => event.target.select()}
              />
              <Button onClick={() => void copy()}>{text.copy}</Button>
            </div>
            <p className="text-sm text-ink-soft">
              {text.feedShown} {text.feedHow}
            </p>
          </>
        ) : null}
        <div className="flex flex-wrap gap-3">
          {active ? (
            <>
              <Button variant="secondary" disabled={busy} onClick={() => setAsking(true)}>
                {text.feedAgain}
              </Button>
              <Button variant="quiet" busy={busy} onClick={() => void end()}>
                {text.feedEnd}
              </Button>
            </>
          ) : (
            <Button busy={busy} onClick={() => void act(make, { failed: text.makeFailed })}>
              {text.feedMake}
            </Button>
          )}
        </div>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.feedAgainTitle}
        description={text.feedAgainText}
        action={text.feedAgain}
        onConfirm={make}
      />
    </Card>
  );
}
