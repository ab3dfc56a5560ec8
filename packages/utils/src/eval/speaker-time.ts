/** A stretch of time and who speaks in it, on the clock of the audio, in milliseconds. */
export interface SpeakerSpan {
  speaker: string;
  startMs: number;
  endMs: number;
}

/** Time of the reference's turns, by what the labels over it say. */
export interface SpeakerTime {
  rightMs: number;
  /** Labelled as the other person's. */
  swappedMs: number;
  unknownMs: number;
  /** No label lies over it: breaths, and speech that was not heard. */
  unlabelledMs: number;
}

export interface SpeakerShares {
  /** Right time over labelled time; UNKNOWN counts as wrong. Null when nothing was labelled. */
  right: number | null;
  unknown: number | null;
  /** Labelled time over the turns' time. */
  heard: number | null;
}

/**
 * How much of the turns' time is labelled with the turn's speaker. Where labels lie over each other the
 * time counts for each.
 */
export function speakerTime(
  labels: readonly SpeakerSpan[],
  turns: readonly SpeakerSpan[],
): SpeakerTime {
  const time: SpeakerTime = { rightMs: 0, swappedMs: 0, unknownMs: 0, unlabelledMs: 0 };
  for (const turn of turns) {
    let heard = 0;
    for (const label of labels) {
      const shared = Math.min(turn.endMs, label.endMs) - Math.max(turn.startMs, label.startMs);
      if (shared <= 0) continue;
      heard += shared;
      if (label.speaker === turn.speaker) time.rightMs += shared;
      else if (label.speaker === 'UNKNOWN') time.unknownMs += shared;
      else time.swappedMs += shared;
    }
    time.unlabelledMs += Math.max(0, turn.endMs - turn.startMs - heard);
  }
  return time;
}

/** The same with the two names exchanged: for voices that are told apart but not named. */
export function exchanged(time: SpeakerTime): SpeakerTime {
  return { ...time, rightMs: time.swappedMs, swappedMs: time.rightMs };
}

export function sumOfTimes(times: readonly SpeakerTime[]): SpeakerTime {
  const sum = (of: keyof SpeakerTime) => times.reduce((total, time) => total + time[of], 0);
  return {
    rightMs: sum('rightMs'),
    swappedMs: sum('swappedMs'),
    unknownMs: sum('unknownMs'),
    unlabelledMs: sum('unlabelledMs'),
  };
}

export function sharesOf(time: SpeakerTime): SpeakerShares {
  const labelled = time.rightMs + time.swappedMs + time.unknownMs;
  const all = labelled + time.unlabelledMs;
  return {
    right: labelled === 0 ? null : time.rightMs / labelled,
    unknown: labelled === 0 ? null : time.unknownMs / labelled,
    heard: all === 0 ? null : labelled / all,
  };
}
