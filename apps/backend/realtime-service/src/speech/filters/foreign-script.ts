import { DROP, type Filter, KEEP } from './filter.ts';

const LETTER = /\p{Letter}/gu;
const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu;

/** Greek letters name things in medicine (“beta”, µ): a few are no sign of another language. */
const MOST_FOREIGN_SHARE = 0.2;

/** Drops text in another script: Portuguese was forced, so the engine made it up. */
export const foreignScript: Filter = {
  name: 'foreign-script',
  judge({ text }) {
    const letters = text.match(LETTER)?.length ?? 0;
    const foreign = text.match(FOREIGN)?.length ?? 0;
    if (foreign === 0) return KEEP;
    if (foreign / Math.max(1, letters) > MOST_FOREIGN_SHARE) return DROP;
    const rest = text.replace(FOREIGN, '').replace(/\s+/g, ' ').trim();
    return rest === '' ? DROP : { action: 'rewrite', text: rest };
  },
};
