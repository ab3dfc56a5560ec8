import type { ConsultationStatus } from '@medcall/shared-types';
import { Badge } from '#components/ui/badge.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const tones = {
  WAITING: 'neutral',
  IN_PROGRESS: 'accent',
  COMPLETED: 'ok',
  CANCELLED: 'neutral',
  NO_SHOW: 'warning',
} as const;

export function StatusBadge({ status }: { status: ConsultationStatus }) {
  return <Badge tone={tones[status]}>{dashboardMessages.status[status]}</Badge>;
}
