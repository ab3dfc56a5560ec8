'use client';
import { useState } from 'react';
import { Card } from '#components/ui/card.ts';
import { Input } from '#components/ui/input.ts';
import type { CommonGuideline } from '#lib/api/calls/ai-calls.ts';
import { foldText, formatDate } from '#lib/utils.ts';
import { guidelineMessages as text } from '#messages/admin/guidelines.ts';
import { ListRow } from './list-row.tsx';

/** The summaries that come with the installation, by title. */
export function CommonGuidelines({ items }: { items: readonly CommonGuideline[] }) {
  const [typed, setTyped] = useState('');
  const wanted = foldText(typed.trim());
  const found = items
    .filter(({ title }) => foldText(title).includes(wanted))
    .sort((a, b) => a.title.localeCompare(b.title, 'pt-BR'));
  return (
    <section aria-labelledby="common-guidelines">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="common-guidelines" className="text-lg font-bold">
          {text.common} <span className="font-normal text-ink-soft">{found.length}</span>
        </h2>
        <Input
          type="search"
          className="max-w-xs"
          aria-label={text.search}
          placeholder={text.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Card>
        {found.length === 0 ? <p className="px-5 py-4 text-ink-soft">{text.none}</p> : null}
        <ul className="divide-y divide-line">
          {found.map(({ id, title, source, year, url, review_due }) => (
            <ListRow
              key={id}
              title={title}
              facts={`${source} · ${year} · ${text.review(formatDate(`${review_due}T12:00:00Z`))}`}
              actions={
                <a
                  href={url}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={`${text.open}: ${title}`}
                  className="text-accent underline underline-offset-4"
                >
                  {text.open}
                </a>
              }
            />
          ))}
        </ul>
      </Card>
    </section>
  );
}
