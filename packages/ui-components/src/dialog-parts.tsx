/** What both dialogs look like. */
export const dialogSheet =
  'relative flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto rounded-lg bg-paper p-6 text-ink shadow-float';
export const dialogCloseClass =
  'absolute top-4 right-4 grid size-10 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-ground hover:text-ink';

export function DialogCross() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4" fill="none">
      <path d="m3 3 10 10M13 3 3 13" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
