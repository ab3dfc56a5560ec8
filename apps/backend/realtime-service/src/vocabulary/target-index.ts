import { fold } from './fold.ts';
import type { LexiconEntry, LexiconKind } from './lexicon.ts';
import { phonemes, soundKey } from './phonemes.ts';
import { soundDistance } from './sound-distance.ts';

/** A single word of the lexicon that a misheard word may be corrected to. */
export interface Target {
  word: string;
  kind: LexiconKind;
  sounds: string;
  /** Only these words may be corrected to; the others merely are no mistakes themselves. */
  rare: boolean;
  common: boolean;
}

export interface Match {
  target: Target;
  /** Misheard sounds, in edits; 0 is the same sound. */
  distance: number;
}

/** Words of the lexicon, found by letters or by sound. */
export interface TargetIndex {
  /** Is this, accents apart, a word of the lexicon? */
  exact(word: string): Target | undefined;
  /** The words near by sound, within the edits that their length allows, nearest first. */
  nearest(letters: string, mostEdits?: number): Match[];
}

const KIND_ORDER: Readonly<Record<LexiconKind, number>> = { drug: 0, exam: 1, condition: 2 };

/** Shorter words have too many neighbours among ordinary words and names. */
const SHORTEST_TARGET = 6;

/** @param isOrdinary words of everyday speech ("teste", "tempo") are no targets although some term contains them */
export function indexTargets(
  entries: readonly LexiconEntry[],
  isOrdinary: (word: string) => boolean,
): TargetIndex {
  const byLetters = new Map<string, Target>();
  for (const entry of entries) {
    for (const part of entry.term.split(/[^\p{L}\p{M}]+/u)) {
      const letters = fold(part);
      if (letters.length < 3) continue;
      const seen = byLetters.get(letters);
      if (seen !== undefined && KIND_ORDER[seen.kind] <= KIND_ORDER[entry.kind]) {
        seen.common ||= entry.common;
        continue;
      }
      byLetters.set(letters, {
        word: part,
        kind: entry.kind,
        sounds: phonemes(part),
        rare: letters.length >= SHORTEST_TARGET && part === part.toLowerCase() && !isOrdinary(part),
        common: entry.common || seen?.common === true,
      });
    }
  }
  const byKey = new Map<string, Target[]>();
  let longest = 0;
  for (const target of byLetters.values()) {
    if (!target.rare) continue;
    longest = Math.max(longest, target.word.length);
    for (const key of withoutOne(soundKey(target.sounds))) {
      const sameKey = byKey.get(key);
      if (sameKey === undefined) byKey.set(key, [target]);
      else sameKey.push(target);
    }
  }
  return {
    exact: (word) => byLetters.get(fold(word)),
    nearest(letters, mostEdits = Number.POSITIVE_INFINITY) {
      if (letters.length > longest + 3) return [];
      const sounds = phonemes(letters);
      const seen = new Set<Target>();
      const matches: Match[] = [];
      for (const key of withoutOne(soundKey(sounds))) {
        for (const target of byKey.get(key) ?? []) {
          if (seen.has(target)) continue;
          seen.add(target);
          const allowed =
            allowedEdits(target) * (beginAlike(sounds, target.sounds) ? 1 : OTHER_BEGINNING);
          const limit = Math.min(mostEdits, allowed);
          const distance = soundDistance(sounds, target.sounds, limit);
          if (Number.isFinite(distance)) matches.push({ target, distance });
        }
      }
      return matches.sort((a, b) => a.distance - b.distance);
    },
  };
}

/** The beginning of a name is heard best: another sound there is another name, unless all the rest is right. */
const OTHER_BEGINNING = 0.4;

function beginAlike(one: string, other: string): boolean {
  return soundDistance(one.charAt(0), other.charAt(0), 0.5) <= 0.4;
}

/** What is seldom prescribed is believed only when it is heard more clearly. */
const SELDOM = 0.7;

/** The longer a name, the more of it may be misheard and it is still that name. */
export function allowedEdits(target: Target): number {
  const edits = EDITS_BY_LENGTH.find(([sounds]) => target.sounds.length <= sounds)?.[1] ?? 2.6;
  return target.common ? edits : edits * SELDOM;
}

const EDITS_BY_LENGTH = [
  [5, 0.7],
  [7, 1.2],
  [9, 1.7],
  [11, 2.1],
] as const;

/** The key and each key with one consonant left out: two keys one edit apart always share one of these. */
function withoutOne(key: string): string[] {
  const keys = [key];
  for (let i = 0; i < key.length; i++) keys.push(key.slice(0, i) + key.slice(i + 1));
  return keys;
}
