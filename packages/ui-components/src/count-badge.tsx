/** How many there are, beside a heading: a figure to the eye, a phrase to a screen reader. */
export function CountBadge({ count, words }: { count: number; words: string }) {
  if (count === 0) return null;
  return (
    <>
      <span className="sr-only">, {words}</span>
      <span
        aria-hidden="true"
        className="ml-2 inline-block min-w-6 rounded-full bg-ground px-1.5 text-center align-middle text-sm font-semibold text-ink-soft ring-1 ring-line ring-inset"
      >
        {count}
      </span>
    </>
  );
}
