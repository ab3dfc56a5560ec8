export interface PaletteEntry {
  id: string;
  group: 'actions' | 'screens' | 'consultations' | 'patients';
  label: string;
  /** What tells it from others of the same name. */
  hint?: string;
  /** Where it leads; null for a deed of the palette itself. */
  href: string | null;
}

/** Entries that hold every word of the search, in any order and without accents; those that begin with it first. */
export function matching(entries: readonly PaletteEntry[], search: string): PaletteEntry[] {
  const wanted = plain(search);
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = entries.filter(({ label, hint = '' }) => {
    const held = `${plain(label)} ${plain(hint)}`;
    return words.every((word) => held.includes(word));
  });
  const rank = ({ label }: PaletteEntry) => (plain(label).startsWith(wanted) ? 0 : 1);
  return wanted === '' ? found : found.toSorted((a, b) => rank(a) - rank(b));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
