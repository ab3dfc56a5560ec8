'use client';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AccountMenu } from '#components/shared/account-menu.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { CountBadge } from '#components/ui/count-badge.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Field } from '#components/ui/field.ts';
import { FileInput } from '#components/ui/file-input.ts';
import { Input, Select, Textarea } from '#components/ui/input.ts';
import { Progress } from '#components/ui/progress.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { Spinner } from '#components/ui/spinner.ts';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.ts';
import { useToast } from '#components/ui/toast.ts';
import { Tooltip } from '#components/ui/tooltip.ts';
import { styleMessages as text } from '#messages/style.ts';

const surfaces = ['paper', 'ground', 'accent-wash', 'ok-wash', 'warning-wash', 'danger-wash'];
const inks = ['ink', 'ink-soft', 'accent', 'ok', 'warning', 'danger'];
const variants = ['primary', 'secondary', 'quiet', 'danger', 'link'] as const;
const tones = ['neutral', 'accent', 'ok', 'warning', 'danger'] as const;

export function StyleSheet() {
  return (
    <main className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-4 py-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">{text.title}</h1>
        <AccountMenu name={text.sampleName} />
      </header>
      <Colours />
      <Typography />
      <Buttons />
      <Fields />
      <Marks />
      <Floating />
      <Waiting />
    </main>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">{children}</CardContent>
    </Card>
  );
}

/** Every ink on every surface: tokens.test.ts holds each pair to 4.5:1. */
function Colours() {
  return (
    <Part title={text.colours}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {surfaces.map((surface) => (
          <div
            key={surface}
            className="rounded-md border border-line p-3"
            style={{ background: `var(--mc-${surface})` }}
          >
            <p className="font-semibold">{surface}</p>
            {inks.map((ink) => (
              <p key={ink} style={{ color: `var(--mc-${ink})` }}>
                {ink}
              </p>
            ))}
          </div>
        ))}
      </div>
    </Part>
  );
}

function Typography() {
  return (
    <Part title={text.type}>
      <p className="text-3xl font-bold">{text.sample}</p>
      <p className="text-2xl font-bold">{text.sample}</p>
      <p className="text-lg font-semibold">{text.sample}</p>
      <p>{text.sample}</p>
      <p className="text-sm text-ink-soft">{text.sample}</p>
      <p>0123456789 · 00:41 · R$ 1.234,56</p>
    </Part>
  );
}

function Buttons() {
  return (
    <Part title={text.buttons}>
      {(['sm', 'md', 'lg'] as const).map((size) => (
        <div key={size} className="flex flex-wrap items-center gap-3">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} size={size}>
              {text.variants[variant]}
            </Button>
          ))}
          <Button size={size} busy>
            {text.busy}
          </Button>
          <Button size={size} disabled>
            {text.disabled}
          </Button>
        </div>
      ))}
      <Tooltip text={text.remove}>
        <Button variant="secondary" size="icon" aria-label={text.remove}>
          <Trash2 aria-hidden="true" />
        </Button>
      </Tooltip>
    </Part>
  );
}

function Fields() {
  const [on, setOn] = useState(true);
  return (
    <Part title={text.fields}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.name} hint={text.hint}>
          <Input placeholder={text.sampleName} />
        </Field>
        <Field label={text.name} error={text.error}>
          <Input defaultValue="x" />
        </Field>
        <Field label={text.disabled}>
          <Input disabled defaultValue={text.sampleName} />
        </Field>
        <Field label={text.file}>
          <FileInput />
        </Field>
        <Field label={text.choice}>
          <Select defaultValue="1">
            <option value="1">{text.first}</option>
            <option value="2">{text.second}</option>
          </Select>
        </Field>
        <Field label={text.longText}>
          <Textarea rows={3} defaultValue={text.sample} />
        </Field>
        <div className="flex flex-col gap-3">
          <Checkbox
            checked={on}
            onCheckedChange={setOn}
            label={text.first}
            description={text.hint}
          />
          <Checkbox checked={false} onCheckedChange={() => {}} label={text.second} />
          <Checkbox checked disabled onCheckedChange={() => {}} label={text.disabled} />
        </div>
      </div>
    </Part>
  );
}

function Marks() {
  return (
    <Part title={text.marks}>
      <div className="flex flex-wrap gap-3">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {text.tones[tone]}
          </Badge>
        ))}
      </div>
      {tones.map((tone) => (
        <Alert
          key={tone}
          tone={tone}
          title={text.tones[tone]}
          role="note"
          action={
            <Button size="sm" variant="secondary">
              {text.first}
            </Button>
          }
        >
          {text.sample}
        </Alert>
      ))}
      <h3 className="text-lg font-bold">
        {text.marks}
        <CountBadge count={4} words={text.marks} />
      </h3>
      <EmptyState title={text.emptyTitle} action={<Button>{text.first}</Button>}>
        {text.sample}
      </EmptyState>
    </Part>
  );
}

function Floating() {
  const toast = useToast();
  const [open, setOpen] = useState(false);
  return (
    <Part title={text.floating}>
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {text.dialog}
        </Button>
        {(['ok', 'danger', 'neutral'] as const).map((tone) => (
          <Button
            key={tone}
            variant="secondary"
            onClick={() =>
              toast({
                title: text.tones[tone],
                description: text.sample,
                tone,
                action: { label: text.undo, onPress: () => {} },
              })
            }
          >
            {text.toast(text.tones[tone])}
          </Button>
        ))}
      </div>
      <Tabs defaultValue="1">
        <TabsList aria-label={text.floating}>
          <TabsTrigger value="1">{text.first}</TabsTrigger>
          <TabsTrigger value="2">{text.second}</TabsTrigger>
        </TabsList>
        <TabsContent value="1" className="py-3">
          {text.sample}
        </TabsContent>
        <TabsContent value="2" className="py-3">
          {text.second}
        </TabsContent>
      </Tabs>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={text.dialog}
        description={text.sample}
        footer={<Button onClick={() => setOpen(false)}>{text.first}</Button>}
      />
    </Part>
  );
}

function Waiting() {
  return (
    <Part title={text.waiting}>
      <div className="flex items-center gap-3">
        <Spinner /> {text.busy}
      </div>
      <Skeleton className="h-6 w-1/2" />
      <Skeleton className="h-24" />
      <Progress label={text.busy} value={0.4} />
      <Progress label={text.busy} value={null} />
    </Part>
  );
}
