import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

const KEPT_CHARACTERS = 4000;

/**
 * Passes a stream on as it comes and remembers its end: where a run failed outside any test (an error nobody
 * handled, a set-up that could not be undone), vitest says so on stderr only, and never in its report.
 */
export class LastLines {
  #end = '';

  constructor(from: Readable, to: Writable) {
    from.setEncoding('utf8').on('data', (text: string) => {
      to.write(text);
      this.#end = (this.#end + text).slice(-KEPT_CHARACTERS);
    });
  }

  /** What came last, without colours; starts at a whole line. At most 4,000 characters. */
  text(): string {
    const plain = stripVTControlCharacters(this.#end);
    const cut = this.#end.length < KEPT_CHARACTERS ? 0 : plain.indexOf('\n') + 1;
    return plain.slice(cut).trim();
  }
}
