import type { ReactNode } from 'react';

interface Props {
  /** Null while it is unknown. */
  clinic: { nome: string; endereco: string | null; telefone: string | null } | null;
  children: ReactNode;
}

/** A public page of a clinic: whose it is, then one thing to do. */
export function BookingFrame({ clinic, children }: Props) {
  return (
    <main className="mx-auto flex w-full max-w-xl flex-1 flex-col px-4 py-6">
      <header className="mb-6 border-b border-line pb-4">
        <p className="text-xl font-bold">{clinic?.nome ?? ' '}</p>
        <p className="text-sm text-ink-soft">{clinic?.endereco ?? ' '}</p>
        {clinic?.telefone ? <p className="text-sm text-ink-soft">{clinic.telefone}</p> : null}
      </header>
      {children}
    </main>
  );
}
