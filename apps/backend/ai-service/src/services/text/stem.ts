/** Letters that are left without plural, diminutive and the commonest endings of verbs. */
const leastStem = 3;
const longEnough = 5;

/**
 * A rough stem of a folded Portuguese word, so that "doendo", "doeu" and "doer" are one. It errs on the
 * short side and serves for looking up expressions of several words, not for meaning.
 */
export function stem(word: string): string {
  if (word.length < longEnough) return word.replace(/s$/, '');
  const base = word
    .replace(/(?:oes|aes)$/, 'ao')
    .replace(/s$/, '')
    .replace(/(?:zinh|inh)[oa]$/, '')
    .replace(
      /(?:ando|endo|indo|aram|eram|iram|ava|ia|ou|eu|iu|ar|er|ir|ado|ada|ido|ida|ei|am|em)$/,
      '',
    )
    .replace(/[aeo]$/, '');
  return base.length >= leastStem ? base : word;
}
