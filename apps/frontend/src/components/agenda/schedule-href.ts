/** Page of the working hours; null for one's own. */
export function scheduleHref(doctorId: string | null): string {
  return doctorId ? `/agenda/horarios?medico=${encodeURIComponent(doctorId)}` : '/agenda/horarios';
}
