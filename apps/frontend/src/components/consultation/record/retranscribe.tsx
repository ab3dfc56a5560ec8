'use client';
import type { Consultation, RetranscriptionResult } from '@medcall/shared-types';
import { Ellipsis, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/menu.ts';
import { useToast } from '#components/ui/toast.ts';
import {
  firstUp,
  resultWords,
  retranscriptionMessages as text,
} from '#messages/retranscription.ts';
import { RetranscribeDialog } from './retranscribe-dialog.tsx';
import { RetranscriptionBar } from './retranscription-view.tsx';
import { type RetranscriptionState, useRetranscription } from './use-retranscription.ts';

interface Props {
  consultation: Consultation;
  /** The transcript is another now. */
  onDone: () => void;
}

/** For the consultation's own doctor: the way to another transcription, and how far it is. */
export function useRetranscribe({ consultation, onDone }: Props, mine: boolean) {
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const retranscription = useRetranscription(consultation, mine, (job) => {
    if (job.result) onDone();
    // Who has the dialog open reads it there.
    if (open || job.status === 'cancelled') return;
    const action = { label: text.see, onPress: () => setOpen(true) };
    if (job.result) {
      toast({ title: text.doneTitle, description: sentence(job.result), tone: 'ok', action });
    } else toast({ title: text.failed, tone: 'neutral', action });
  });
  function show(): void {
    // What was possible when the page was opened may not be any more.
    void retranscription.reload();
    setOpen(true);
  }
  return {
    menu: mine ? <RetranscribeMenu onOpen={show} /> : null,
    bar:
      mine && retranscription.underWay && !open ? (
        <UnderWay retranscription={retranscription} onOpen={show} />
      ) : null,
    dialog: mine ? (
      <RetranscribeDialog
        roomId={consultation.roomId}
        retranscription={retranscription}
        open={open}
        onClose={() => setOpen(false)}
      />
    ) : null,
  };
}

function RetranscribeMenu({ onOpen }: { onOpen: () => void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="sm" aria-label={text.more} className="print:hidden">
          <Ellipsis aria-hidden="true" />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={onOpen}>
          <RotateCcw aria-hidden="true" />
          {text.action}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

function UnderWay({
  retranscription,
  onOpen,
}: {
  retranscription: RetranscriptionState;
  onOpen: () => void;
}) {
  if (!retranscription.underWay) return null;
  return (
    <div className="flex items-center gap-3 px-5 pb-2 print:hidden">
      <div className="min-w-0 flex-1">
        <RetranscriptionBar job={retranscription.underWay} named />
      </div>
      <Button variant="link" size="sm" onClick={onOpen}>
        {text.reopen}
      </Button>
    </div>
  );
}

function sentence(result: RetranscriptionResult): string {
  return `${firstUp(resultWords(result).join(', '))}.`;
}
