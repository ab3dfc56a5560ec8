import { normalise } from '@medcall/utils/eval/normalise';
import { foldText } from './raw-words.ts';

export interface Recall {
  said: number;
  found: number;
}

export const nothingSaid: Recall = { said: 0, found: 0 };

export function addRecall(a: Recall, b: Recall): Recall {
  return { said: a.said + b.said, found: a.found + b.found };
}

/** Units in which a medicine is given or a value is measured, as the normaliser writes them. */
const doseUnits = new Set(
  'mg mcg g ml l ui gota gotas comprimido comprimidos capsula capsulas ampola ampolas jato jatos'.split(
    ' ',
  ),
);

/** Which names of a list a text holds, each as often as it is there; the longest name wins. */
export function namesIn(text: string, names: ReadonlySet<string>): string[] {
  const words = foldText(text);
  const longest = Math.max(1, ...[...names].map((name) => name.split(' ').length));
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
      const name = words.slice(at, at + length).join(' ');
      if (!names.has(name)) continue;
      found.push(name);
      taken = length;
      break;
    }
    at += Math.max(1, taken);
  }
  return found;
}

/** Amounts with their unit, such as `50 mg`, in the normaliser's spelling. */
export function dosesIn(text: string): string[] {
  const words = normalise(text);
  return words.flatMap((word, i) => {
    const before = words[i - 1];
    if (!doseUnits.has(word) || before === undefined) return [];
    if (!/^\d/.test(before) && before !== 'um' && before !== 'uma') return [];
    return [`${before} ${word}`.replace(/^uma? /, '1 ')];
  });
}

/** How many of the things that were said stand in the text, each counted as often as it was said. */
export function recallOf(said: readonly string[], written: readonly string[]): Recall {
  const left = new Map<string, number>();
  for (const one of written) left.set(one, (left.get(one) ?? 0) + 1);
  let found = 0;
  for (const one of said) {
    const count = left.get(one) ?? 0;
    if (count === 0) continue;
    left.set(one, count - 1);
    found += 1;
  }
  return { said: said.length, found };
}
