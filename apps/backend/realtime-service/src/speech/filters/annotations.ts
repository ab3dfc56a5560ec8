import { DROP, type Filter, KEEP } from './filter.ts';

/** Sounds that subtitles describe: “[Música]”, “(risos)”, “*aplausos*”, notes. Nobody says them. */
const ANNOTATION = /\[[^\]]*\]|\([^)]*\)|\*[^*]+\*|[♪♫♬♩]+[^♪♫♬♩]*[♪♫♬♩]|[♪♫♬♩]+/gu;

/** Takes descriptions of sounds out of the text; drops it when nothing else is left. */
export const annotations: Filter = {
  name: 'annotations',
  judge({ text }) {
    const rest = text.replace(ANNOTATION, ' ').replace(/\s+/g, ' ').trim();
    if (!/[\p{Letter}\p{Number}]/u.test(rest)) return DROP;
    return rest === text ? KEEP : { action: 'rewrite', text: rest };
  },
};
