import { formatPhone } from '@medcall/utils/format-phone';
import type { ReactNode } from 'react';
import { ThemeButton } from '#components/shared/theme-button.tsx';

interface Props {
  /** Null while it is unknown. */
  clinic: { nome: string; endereco: string | null; telefone: string | null } | null;
  children: ReactNode;
}

/** A public page of a clinic: whose it is, then one thing to do. */
export function BookingFrame({ clinic, children }: Props) {
  return (
    <main className="mx-auto flex w-full max-w-xl flex-1 flex-col px-4 py-6">
      <header className="mb-6 flex items-start justify-between gap-3 border-b border-line pb-4">
        <div>
          <p className="text-xl font-bold">{clinic?.nome ?? ' '}</p>
          <p className="text-sm text-ink-soft">{clinic?.endereco ?? ' '}</p>
          {clinic?.telefone ? (
            <p className="text-sm text-ink-soft">{formatPhone(clinic.telefone)}</p>
          ) : null}
        </div>
        <ThemeButton />
      </header>
      {children}
    </main>
  );
}
