/** A repeatable source of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const fillers = ['que', 'isso', 'para', 'bem', 'casa', 'uma'];
const letters = 'aeiorstlmn';

/** A text as a weak recogniser may write it: words dropped, replaced, or with a letter wrong. */
export function mishear(text: string, rate: number, random: () => number): string {
  const pick = (from: string | readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  return text
    .split(' ')
    .map((word) => {
      if (random() > rate) return word;
      const kind = random();
      if (kind < 0.25) return '';
      if (kind > 0.8 || word.length < 4) return pick(fillers);
      const at = 1 + Math.floor(random() * (word.length - 2));
      return word.slice(0, at) + (kind < 0.5 ? pick(letters) : '') + word.slice(at + 1);
    })
    .filter((word) => word !== '')
    .join(' ');
}
