'use client';
import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { paletteMessages as text } from '#messages/palette.ts';

// Not before somebody asks for it: every page of the clinic would pay for it otherwise.
const PaletteDialog = dynamic(
  () => import('./palette-dialog.tsx').then((module) => module.PaletteDialog),
  { ssr: false },
);
const NewConsultationDialog = dynamic(
  () =>
    import('#components/dashboard/new-consultation-dialog.tsx').then(
      (module) => module.NewConsultationDialog,
    ),
  { ssr: false },
);

/** Ctrl K or ⌘ K from any page of the clinic, and a button for those who do not know. */
export function CommandPalette() {
  const [open, setOpen] = useState(false);
  const [creating, setCreating] = useState(false);

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen((shown) => !shown);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        className="text-ink-soft"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        <Search aria-hidden="true" />
        {/* Words rather than a label: a name must hold what is seen in it (WCAG 2.5.3). */}
        <span className="sr-only">{text.open}</span>
        <kbd className="hidden rounded-sm border border-line px-1.5 font-sans text-sm font-normal lg:block">
          Ctrl K
        </kbd>
      </Button>
      {open ? (
        <PaletteDialog
          onClose={() => setOpen(false)}
          onNewConsultation={() => {
            setOpen(false);
            setCreating(true);
          }}
        />
      ) : null}
      {creating ? (
        <NewConsultationDialog open onOpenChange={setCreating} onCreated={() => {}} />
      ) : null}
    </>
  );
}
