import type { GuidelineSource } from '@medcall/shared-types/suggestion';
import type { Chunk } from '../guidelines/chunk-index.ts';
import { excerpt, type GuidelineLibrary } from '../guidelines/library.ts';
import type { ActiveComplaint } from './detect-complaints.ts';

/** A passage as a model sees it: its `id` holds for one request only. */
export interface Passage extends Omit<GuidelineSource, 'excerpt'> {
  id: string;
  text: string;
}

const most = 12;

/**
 * What questions may rest on: the passages that the search found, then the sections of the chief
 * complaint's guideline, so that its danger signs are never missing.
 */
export function passagesFor(
  found: readonly Chunk[],
  complaints: readonly ActiveComplaint[],
  library: GuidelineLibrary,
): Passage[] {
  const chief = [...complaints].sort((a, b) => b.share - a.share)[0];
  const guideline = chief && library.document(chief.complaint.guideline);
  const all = [
    ...found,
    ...(guideline?.sections ?? []).map((section) => ({
      documentId: guideline?.head.id ?? '',
      title: guideline?.head.title ?? '',
      source: `${guideline?.head.source} (${guideline?.head.organisation})`,
      year: guideline?.head.year ?? 0,
      url: guideline?.head.url ?? '',
      section: section.heading,
      text: section.text,
    })),
  ];
  const once = new Map(all.map((one) => [`${one.documentId}\n${one.section}`, one]));
  return [...once.values()].slice(0, most).map((one, at) => ({
    id: `T${at + 1}`,
    documentId: one.documentId,
    title: one.title,
    source: one.source,
    year: one.year,
    section: one.section,
    url: one.url,
    text: one.text,
  }));
}

/** The source that a question shows, with the sentences that say most about it. */
export function sourceOf({ id: _, text, ...rest }: Passage, about: string): GuidelineSource {
  return { ...rest, excerpt: excerpt(text, about) };
}
