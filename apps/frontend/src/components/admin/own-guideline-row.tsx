'use client';
import type { ClinicGuideline } from '@medcall/shared-types';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { guidelineMessages as text } from '#messages/admin/guidelines.ts';
import { ListRow } from './list-row.tsx';

interface Props {
  guideline: ClinicGuideline;
  isAdmin: boolean;
  onChanged: () => void;
}

/** A document of the clinic: in the search or out of it. */
export function OwnGuidelineRow({ guideline, isAdmin, onChanged }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const { id, title, source, year, version, passages, active, url } = guideline;

  async function set(next: boolean, withUndo: boolean): Promise<void> {
    const done = await act(() => gateway.setGuidelineActive(id, next), {
      done: {
        title: next ? text.turnedOn : text.turnedOff,
        ...(withUndo
          ? { action: { label: text.undo, onPress: () => void set(!next, false) } }
          : {}),
      },
      failed: text.changeFailed,
    });
    if (done) onChanged();
  }

  return (
    <ListRow
      testId="own-guideline"
      title={
        <a href={url} target="_blank" rel="noreferrer" className="hover:underline">
          {title}
        </a>
      }
      facts={[source, year, text.version(version), text.passages(passages)].join(' · ')}
      badge={<Badge tone={active ? 'ok' : 'neutral'}>{active ? text.active : text.inactive}</Badge>}
      actions={
        isAdmin ? (
          <Button
            size="sm"
            variant="secondary"
            busy={busy}
            aria-label={`${active ? text.turnOff : text.turnOn}: ${title}`}
            onClick={() => void set(!active, true)}
          >
            {active ? text.turnOff : text.turnOn}
          </Button>
        ) : null
      }
    />
  );
}
