'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const Menu = Radix.Root;
export const MenuTrigger = Radix.Trigger;
export const MenuRadioGroup = Radix.RadioGroup;

const item =
  'flex min-h-10 cursor-pointer items-center gap-2 rounded-md px-3 text-ink outline-none select-none data-highlighted:bg-accent-wash data-highlighted:text-accent data-disabled:opacity-55 [&_svg]:size-4';

/** A list of deeds that floats under its button; arrows move, letters jump, Esc closes (Radix). */
export function MenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'z-50 min-w-56 rounded-lg border border-line bg-paper p-1.5 shadow-float',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={cn(item, className)} {...props} />;
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('px-3 py-1.5 text-sm text-ink-soft', className)} {...props} />;
}

/** One of several; the chosen one has a mark as well as its state. */
export function MenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(item, className)} {...props}>
      <span className="grid size-4 place-items-center" aria-hidden="true">
        <Radix.ItemIndicator className="size-2 rounded-full bg-current" />
      </span>
      {children}
    </Radix.RadioItem>
  );
}

/** One that is in or out, on its own. */
export function MenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(item, className)} {...props}>
      <span className="grid size-4 place-items-center" aria-hidden="true">
        <Radix.ItemIndicator>
          <Check />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}
