/** What of the agenda is in the address. */
export interface AgendaPlace {
  /** AAAA-MM-DD. */
  day: string;
  /** Null: by the width of the screen. */
  view: 'semana' | 'dia' | null;
  doctorId: string | null;
}

export interface AgendaSearch {
  dia?: string | string[];
  visao?: string | string[];
  medico?: string | string[];
}

/** Reads the address; what is not understood is left out. */
export function readPlace({ dia, visao, medico }: AgendaSearch, today: string): AgendaPlace {
  return {
    day: typeof dia === 'string' && isDay(dia) ? dia : today,
    view: visao === 'semana' || visao === 'dia' ? visao : null,
    doctorId: typeof medico === 'string' && medico !== '' ? medico : null,
  };
}

/** @param place without a day: today, whenever it is opened */
export function hrefOf({
  day,
  view,
  doctorId,
}: Omit<AgendaPlace, 'day'> & { day: string | null }): string {
  const query = new URLSearchParams({
    ...(day ? { dia: day } : {}),
    ...(view ? { visao: view } : {}),
    ...(doctorId ? { medico: doctorId } : {}),
  });
  return `/agenda?${query}`;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00:00Z`));
}
