/** A part of a document under one heading. */
export interface Section {
  heading: string;
  text: string;
}

const longestPassageWords = 180;
const leastPassageWords = 4;

/**
 * Cuts sections into passages that one search result can be: long ones at the end of a sentence, those
 * with hardly a word left out. Parts of one section keep its heading, with their number.
 */
export function splitPassages(sections: readonly Section[]): Section[] {
  return sections.flatMap(({ heading, text }) => {
    const parts = partsOf(text.replace(/\s+/g, ' ').trim());
    return parts.map((part, at) => ({
      heading: at === 0 ? heading : `${heading} (${at + 1})`,
      text: part,
    }));
  });
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  let current: string[] = [];
  const close = () => {
    if (current.length >= leastPassageWords) parts.push(current.join(' '));
    current = [];
  };
  for (const sentence of text.match(/[^.!?…]+(?:[.!?…]+|$)(?:\d[^.!?…]*[.!?…]*)*/g) ?? []) {
    const words = sentence.trim().split(' ').filter(Boolean);
    if (current.length > 0 && current.length + words.length > longestPassageWords) close();
    // A table or a list without a full stop is cut where it must be.
    for (let from = 0; from < words.length; from += longestPassageWords) {
      const piece = words.slice(from, from + longestPassageWords);
      if (current.length + piece.length > longestPassageWords) close();
      current.push(...piece);
    }
  }
  close();
  return parts;
}
