import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { Spinner } from './spinner.tsx';

// Not on paper, where nothing can be pressed: also what is a link and looks like one.
const button = cva(
  'inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-[1.15em] [&_svg]:shrink-0 print:hidden',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line-strong/60 bg-paper text-ink hover:bg-ground',
        quiet: 'text-ink hover:bg-line/60',
        danger: 'bg-danger text-on-danger hover:bg-danger-hover',
        link: 'h-auto! px-0! text-accent underline underline-offset-4 hover:text-accent-hover',
      },
      size: {
        sm: 'h-9 px-3 text-sm',
        md: 'h-11 px-4 text-base',
        lg: 'h-13 px-6 text-lg',
        icon: 'size-11',
      },
    },
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Renders the child (a link, for example) with the looks of a button. */
  asChild?: boolean;
  /** Shows a spinner, keeps the width and refuses a second press. */
  busy?: boolean;
}

/** The looks of a button for what is a plain link. */
export function buttonClass(looks: VariantProps<typeof button> & { className?: string }): string {
  const { className, ...variants } = looks;
  return cn(button(variants), className);
}

/** The one button. At least 44 px high (WCAG 2.2, 2.5.8 asks 24) except `sm`, which is for dense lists. */
export function Button({
  asChild = false,
  busy = false,
  variant,
  size,
  className,
  children,
  disabled,
  type = 'button',
  ...props
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      className={classes}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...props}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
