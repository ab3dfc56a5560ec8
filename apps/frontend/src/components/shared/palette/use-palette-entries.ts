'use client';
import type { Consultation, PatientCard } from '@medcall/shared-types';
import { isOpen } from '@medcall/shared-types';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useSettled } from '#components/shared/use-settled.ts';
import { doorOf } from '#lib/consultation-links.ts';
import { matching, type PaletteEntry } from '#lib/palette.ts';
import { formatDate } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { paletteMessages as text } from '#messages/palette.ts';
import { sharedMessages } from '#messages/shared.ts';

const shortestSearch = 2;
const mostOfAKind = 6;

const fixed: readonly PaletteEntry[] = [
  { id: 'nova', group: 'actions', label: text.newConsultation, href: null },
  ...(
    [
      ['/dashboard', sharedMessages.nav.dashboard],
      ['/agenda', sharedMessages.nav.agenda],
      ['/pacientes', sharedMessages.nav.patients],
      ['/admin', sharedMessages.nav.admin],
      ['/configuracoes', sharedMessages.settings],
    ] as const
  ).map(([href, label]) => ({ id: href, group: 'screens' as const, label, href })),
];

/** Where one may go: screens at once, consultations and patients as the search finds them. */
export function usePaletteEntries(search: string): { entries: PaletteEntry[]; failed: boolean } {
  const gateway = useGateway();
  const settled = useSettled(search.trim());
  const { data: consultations, error: noConsultations } = useSWR(
    'palette-consultations',
    () => gateway.consultations({ limit: 100 }),
    { revalidateOnFocus: false },
  );
  const { data: patients, error: noPatients } = useSWR(
    settled.length >= shortestSearch ? ['palette-patients', settled] : null,
    () => gateway.patients(settled, { limit: mostOfAKind }),
    { revalidateOnFocus: false, keepPreviousData: true },
  );
  const typed = search.trim() !== '';
  const held = (consultations?.items ?? []).map(consultationEntry);
  // The service has searched already, also by what is not on the card's first line.
  const known = typed ? (patients?.items ?? []).map(patientEntry) : [];
  return {
    entries: [
      ...matching(fixed, search),
      ...(typed ? matching(held, search).slice(0, mostOfAKind) : []),
      ...known,
    ],
    failed: Boolean(noConsultations ?? noPatients),
  };
}

function consultationEntry(consultation: Consultation): PaletteEntry {
  const { id, patient, status, scheduled_at, started_at, created_at } = consultation;
  return {
    id: `consulta-${id}`,
    group: 'consultations',
    label: patient?.name ?? '—',
    hint: text.consultationHint(
      formatDate(started_at ?? scheduled_at ?? created_at),
      dashboardMessages.status[status],
    ),
    href: isOpen(status) ? doorOf(consultation) : `/consulta/${id}`,
  };
}

function patientEntry({ id, name }: PatientCard): PaletteEntry {
  return {
    id: `paciente-${id}`,
    group: 'patients',
    label: name,
    hint: text.patientHint,
    href: `/pacientes/${id}`,
  };
}
