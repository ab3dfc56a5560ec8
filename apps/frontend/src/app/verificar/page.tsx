import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { verifyMessages as text } from '#messages/verify.ts';

export const metadata: Metadata = { title: text.title };

/** A plain form, so that it also works where scripts do not. */
export default async function AskCodePage({
  searchParams,
}: {
  searchParams: Promise<{ codigo?: string | string[] }>;
}) {
  const { codigo } = await searchParams;
  if (typeof codigo === 'string' && codigo.trim() !== '') {
    redirect(`/verificar/${encodeURIComponent(codigo.trim().slice(0, 40))}`);
  }
  return (
    <NoticePage title={text.title}>
      <p>{text.lead}</p>
      <form action="/verificar" method="get" className="flex flex-col gap-5">
        <Field label={text.code}>
          <Input name="codigo" autoComplete="off" autoCapitalize="characters" required />
        </Field>
        <Button type="submit" size="lg">
          {text.submit}
        </Button>
      </form>
    </NoticePage>
  );
}
