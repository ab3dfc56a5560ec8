import type { GuidelineSource } from '@medcall/shared-types/suggestion';
import { words } from '../text/fold.ts';
import type { Guideline, GuidelineHead, GuidelineSection } from './corpus.ts';

const excerptLength = 320;

/** The common corpus by citation (`document#section`). */
export class GuidelineLibrary {
  private readonly guidelines: ReadonlyMap<string, Guideline>;

  constructor(corpus: readonly Guideline[]) {
    this.guidelines = new Map(corpus.map((guideline) => [guideline.head.id, guideline]));
  }

  get documents(): Guideline[] {
    return [...this.guidelines.values()];
  }

  document(id: string): Guideline | undefined {
    return this.guidelines.get(id);
  }

  /** `document#section` of a passage of the index, when it is one of the common corpus. */
  citationOf(documentId: string, position: number): string | undefined {
    const section = this.guidelines.get(documentId)?.sections[position];
    return section && `${documentId}#${section.id}`;
  }

  /**
   * The source that a question shows: the cited section, with the sentences of it that say most
   * about the question.
   * @throws Error for a citation that does not exist: the bank is checked against the corpus
   */
  source(citation: string, about: string): GuidelineSource {
    const [documentId = '', sectionId = ''] = citation.split('#');
    const guideline = this.guidelines.get(documentId);
    const section = guideline?.sections.find((candidate) => candidate.id === sectionId);
    if (!guideline || !section) throw new Error(`no such passage: ${citation}`);
    return toSource(guideline.head, section, about);
  }
}

function toSource(head: GuidelineHead, section: GuidelineSection, about: string): GuidelineSource {
  return {
    documentId: head.id,
    title: head.title,
    source: `${head.source} (${head.organisation})`,
    year: head.year,
    section: section.heading,
    url: head.url,
    excerpt: excerpt(section.text, about),
  };
}

/** Whole sentences around the one that shares most words with the question. */
export function excerpt(text: string, about: string): string {
  const wanted = new Set(
    words(about)
      .filter((word) => word.length > 3)
      .map(stem),
  );
  const sentences = text.split(/(?<=[.!?])\s+/);
  const score = (sentence: string) =>
    new Set(
      words(sentence)
        .map(stem)
        .filter((word) => wanted.has(word)),
    ).size;
  let best = 0;
  sentences.forEach((sentence, at) => {
    if (score(sentence) > score(sentences[best] ?? '')) best = at;
  });
  let cut = sentences[best] ?? text;
  for (const next of sentences.slice(best + 1)) {
    if (cut.length + next.length + 1 > excerptLength) break;
    cut = `${cut} ${next}`;
  }
  return cut;
}

/** The beginning of a word carries the meaning in Portuguese; endings are number, gender and tense. */
function stem(word: string): string {
  return word.slice(0, 6);
}
