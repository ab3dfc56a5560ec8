'use client';
import type { WebhookSettings } from '@medcall/shared-types';
import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useSWRConfig } from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { webhookMessages as text } from '#messages/admin/webhook.ts';
import { isListOf } from './list-keys.ts';
import { SecretDialog } from './secret-dialog.tsx';

interface Props {
  settings: WebhookSettings;
  onChanged: (settings: WebhookSettings) => void;
}

/** Address and secret of the webhook. A new secret is shown once. */
export function WebhookSettingsCard({ settings, onChanged }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const { mutate } = useSWRConfig();
  const [url, setUrl] = useState(settings.url ?? '');
  const [renewing, setRenewing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);

  function take(changed: WebhookSettings): void {
    const { secret: shown, ...kept } = changed;
    setUrl(kept.url ?? '');
    onChanged(kept);
    if (shown) setSecret(shown);
  }

  function save(next: string | null): void {
    void act(async () => take(await gateway.updateWebhook(next)), {
      done: { title: next === null ? text.turnedOff : text.saved },
      failed: text.saveFailed,
    });
  }

  function test(): void {
    void act(
      async () => {
        await gateway.testWebhook();
        await mutate(isListOf('deliveries'));
      },
      { done: { title: text.tested, description: text.testedText }, failed: text.testFailed },
    );
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (url.trim() !== '') save(url.trim());
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.heading}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="max-w-prose text-ink-soft">
          {text.lead} {settings.url === null ? text.off : ''}
        </p>
        <form noValidate onSubmit={submit} className="flex flex-col gap-3">
          <Field label={text.url} hint={text.urlHint}>
            <Input
              type="url"
              autoComplete="off"
              spellCheck={false}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          </Field>
          <div className="flex flex-wrap gap-3">
            <Button
              type="submit"
              busy={busy}
              disabled={url.trim() === '' || url.trim() === settings.url}
            >
              {text.save}
            </Button>
            {settings.url === null ? null : (
              <>
                <Button variant="secondary" disabled={busy} onClick={test}>
                  <Send aria-hidden="true" />
                  {text.test}
                </Button>
                <Button variant="quiet" disabled={busy} onClick={() => setRenewing(true)}>
                  {text.newSecret}
                </Button>
                <Button variant="quiet" disabled={busy} onClick={() => save(null)}>
                  {text.turnOff}
                </Button>
              </>
            )}
          </div>
        </form>
      </CardContent>
      <ConfirmDialog
        open={renewing}
        onClose={() => setRenewing(false)}
        title={text.newSecretTitle}
        description={text.newSecretText}
        action={text.newSecret}
        onConfirm={async () => take(await gateway.renewWebhookSecret())}
      />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Card>
  );
}
