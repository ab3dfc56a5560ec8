import { plainWords } from './filters/filter.ts';

/**
 * Keeps the beginning of a partial text from flickering: words on which two hypotheses in a row
 * agree stay as they are, only the tail follows the newest (local agreement, as in
 * Macháček et al., “Turning Whisper into Real-Time Transcription System”, 2023).
 */
export class StablePrefix {
  private committed: string[] = [];
  private previous: string[] = [];

  /** Takes the newest hypothesis and gives the text to show. */
  next(hypothesis: string): string {
    const words = hypothesis.split(/\s+/).filter((word) => word !== '');
    let agreed = this.committed.length;
    while (
      agreed < words.length &&
      agreed < this.previous.length &&
      sameWord(words[agreed] as string, this.previous[agreed] as string)
    ) {
      agreed += 1;
    }
    this.committed = [...this.committed, ...words.slice(this.committed.length, agreed)];
    this.previous = words;
    return [...this.committed, ...words.slice(this.committed.length)].join(' ');
  }
}

function sameWord(a: string, b: string): boolean {
  return plainWords(a).join('') === plainWords(b).join('');
}
