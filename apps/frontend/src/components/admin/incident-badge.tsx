import { type Incident, incidentLabels } from '@medcall/shared-types';
import { Badge } from '#components/ui/badge.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';

/** State of an incident, or how long is left while something is due. */
export function IncidentBadge({ incident: { clock, status } }: { incident: Incident }) {
  if (clock.overdue) return <Badge tone="danger">{text.late}</Badge>;
  if (clock.days_left !== null) {
    return (
      <Badge tone={clock.days_left <= 1 ? 'warning' : 'accent'}>
        {text.daysLeft(clock.days_left)}
      </Badge>
    );
  }
  return (
    <Badge tone={status === 'open' ? 'warning' : 'neutral'}>{incidentLabels.status[status]}</Badge>
  );
}
