'use client';
import useSWRInfinite from 'swr/infinite';

export interface Paged<T> {
  /** Undefined until the first page is there. */
  items: readonly T[] | undefined;
  loading: boolean;
  error: unknown;
  /** Null when there is no more. */
  more: (() => void) | null;
  reload: () => void;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * A list of the API, page after page. `key` names the list and its filters.
 * @param options.fresh for a list that other screens or filters change: its first page is asked for again
 *   whenever it is shown
 */
export function usePaged<T>(
  key: readonly unknown[] | null,
  read: (cursor: { cursor?: string }) => Promise<Page<T>>,
  { fresh = false }: { fresh?: boolean } = {},
): Paged<T> {
  const { data, error, isLoading, isValidating, size, setSize, mutate } = useSWRInfinite(
    (page: number, previous: Page<T> | null) =>
      key === null || (page > 0 && !previous?.nextCursor)
        ? null
        : [...key, previous?.nextCursor ?? ''],
    (asked: unknown[]) => {
      const cursor = asked.at(-1);
      return read(typeof cursor === 'string' && cursor !== '' ? { cursor } : {});
    },
    {
      keepPreviousData: true,
      revalidateFirstPage: fresh,
      revalidateOnFocus: false,
      // What was read a second ago is of before the press that leads here.
      ...(fresh ? { dedupingInterval: 0 } : {}),
    },
  );
  const hasMore = data?.at(-1)?.nextCursor != null;
  return {
    items: data?.flatMap(({ items }) => items),
    loading: isLoading || (isValidating && size > (data?.length ?? 0)),
    error,
    more: hasMore ? () => void setSize(size + 1) : null,
    reload: () => void mutate(),
  };
}
