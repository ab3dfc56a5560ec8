'use client';
import { PanelsTopLeft } from 'lucide-react';
import { Badge } from '#components/ui/badge.ts';
import {
  Menu,
  MenuCheckboxItem,
  MenuContent,
  MenuLabel,
  MenuTrigger,
} from '#components/ui/menu.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { callButtonClass } from '../call-button.tsx';
import type { Panels } from './use-panels.ts';

const text = doctorCallMessages.panels;

interface Props {
  panels: Panels;
  /** Questions on the board: said here while their panel is put away. */
  questions: number;
}

/** Puts the panels beside the video away and back, one by one. */
export function PanelsMenu({ panels, questions }: Props) {
  const unseen = panels.isHidden('questions') ? questions : 0;
  return (
    <Menu>
      <MenuTrigger
        aria-label={unseen > 0 ? text.menuWith(unseen) : text.menu}
        className={callButtonClass('plain')}
      >
        <PanelsTopLeft aria-hidden="true" />
        {unseen > 0 ? <Badge tone="warning">{unseen}</Badge> : null}
      </MenuTrigger>
      <MenuContent align="center" side="top">
        <MenuLabel>{text.menu}</MenuLabel>
        {panels.available.map((panel) => (
          <MenuCheckboxItem
            key={panel}
            checked={!panels.isHidden(panel)}
            onCheckedChange={() => panels.toggle(panel)}
            // Stays open: one may put several away.
            onSelect={(event) => event.preventDefault()}
          >
            {text.names[panel]}
          </MenuCheckboxItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
