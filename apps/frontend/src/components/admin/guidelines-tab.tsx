'use client';
import type { ClinicGuideline } from '@medcall/shared-types';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import type { CommonGuideline } from '#lib/api/calls/ai-calls.ts';
import { guidelineMessages as text } from '#messages/admin/guidelines.ts';
import { CommonGuidelines } from './common-guidelines.tsx';
import { OwnGuidelineRow } from './own-guideline-row.tsx';
import type { TabProps } from './tab-props.ts';
import { UploadGuidelineDialog } from './upload-guideline-dialog.tsx';

/** What questions rest on: the clinic's own documents, and those that come with the system. */
export function GuidelinesTab({ me }: TabProps) {
  const gateway = useGateway();
  const isAdmin = me.user.role === 'admin';
  const [adding, setAdding] = useState(false);
  const { data, error, mutate } = useSWR('guidelines', () => gateway.guidelines(), {
    revalidateOnFocus: false,
  });
  const upload = isAdmin ? (
    <Button onClick={() => setAdding(true)}>
      <Upload aria-hidden="true" />
      {text.add}
    </Button>
  ) : null;
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose text-ink-soft">{text.lead}</p>
      <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
        {({ items }) => {
          const own = items.filter(isOwn);
          return (
            <>
              <section aria-labelledby="own-guidelines">
                <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
                  <h2 id="own-guidelines" className="text-lg font-bold">
                    {text.own}
                  </h2>
                  {own.length > 0 ? upload : null}
                </div>
                <Card>
                  {own.length === 0 ? (
                    <EmptyState title={text.ownEmpty} action={upload}>
                      {text.ownEmptyText}
                    </EmptyState>
                  ) : (
                    <ul className="divide-y divide-line">
                      {own.map((guideline) => (
                        <OwnGuidelineRow
                          key={guideline.id}
                          guideline={guideline}
                          isAdmin={isAdmin}
                          onChanged={() => void mutate()}
                        />
                      ))}
                    </ul>
                  )}
                </Card>
              </section>
              <CommonGuidelines
                items={items.filter((item): item is CommonGuideline => !isOwn(item))}
              />
            </>
          );
        }}
      </Remote>
      <UploadGuidelineDialog
        open={adding}
        onOpenChange={setAdding}
        onUploaded={() => void mutate()}
      />
    </div>
  );
}

function isOwn(item: ClinicGuideline | CommonGuideline): item is ClinicGuideline {
  return 'passages' in item;
}
