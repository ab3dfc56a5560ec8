'use client';
import { memo } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { dashboardMessages as text } from '#messages/dashboard.ts';
import { sharedMessages } from '#messages/shared.ts';
import { ConsultationRow } from './consultation-row.tsx';
import { ConsultationSection } from './consultation-section.tsx';
import { Figures } from './figures.tsx';
import { useDashboard } from './use-dashboard.ts';

/** Lists and figures. Not drawn anew for what is opened over them: the charts alone take longer than a press may. */
export const DashboardBoard = memo(function DashboardBoard({ onCreate }: { onCreate: () => void }) {
  const dashboard = useDashboard();
  const { loading, error, isDoctor, doctorId, now, today, toSign, recent, waiting } = dashboard;
  return (
    <>
      {error ? (
        <Alert
          tone="danger"
          className="mb-4"
          title={today.length > 0 ? text.stale : text.failed}
          action={
            <Button size="sm" variant="secondary" onClick={() => void dashboard.reload()}>
              {sharedMessages.retry}
            </Button>
          }
        >
          {errorSentence(error)}
        </Alert>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex flex-col gap-5">
          <ConsultationSection title={text.now} loading={loading} empty={text.nowEmpty}>
            {now.map((item) => (
              <ConsultationRow
                key={item.id}
                consultation={item}
                waiting={waiting.get(item.id) ?? []}
                doctorId={doctorId}
                emphasised
              />
            ))}
          </ConsultationSection>
          <ConsultationSection
            title={text.today}
            loading={loading}
            empty={
              <>
                {text.todayEmpty}{' '}
                <Button variant="link" onClick={onCreate}>
                  {text.todayEmptyAction}
                </Button>
              </>
            }
          >
            {today.map((item) => (
              <ConsultationRow key={item.id} consultation={item} doctorId={doctorId} />
            ))}
          </ConsultationSection>
          {isDoctor || loading ? (
            <ConsultationSection
              id="a-assinar"
              title={text.toSign}
              lead={text.toSignLead}
              loading={loading || toSign === undefined}
              empty={text.toSignEmpty}
            >
              {(toSign ?? []).map((item) => (
                <ConsultationRow key={item.id} consultation={item} doctorId={doctorId} withDate />
              ))}
            </ConsultationSection>
          ) : (
            <Alert>{text.adminNote}</Alert>
          )}
          <ConsultationSection
            title={text.recent}
            loading={loading || toSign === undefined}
            empty={text.recentEmpty}
          >
            {recent.map((item) => (
              <ConsultationRow key={item.id} consultation={item} doctorId={doctorId} withDate />
            ))}
          </ConsultationSection>
        </div>
        <Figures isDoctor={isDoctor} />
      </div>
    </>
  );
});
