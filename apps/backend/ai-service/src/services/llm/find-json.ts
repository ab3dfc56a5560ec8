/**
 * The JSON object in what a model wrote. A server without structured output may put it into a fence
 * or between sentences; the first complete object counts.
 * @returns undefined when there is none
 */
export function findJson(content: string): unknown {
  const whole = parse(content);
  if (whole !== undefined) return whole;
  for (let from = content.indexOf('{'); from !== -1; from = content.indexOf('{', from + 1)) {
    const to = endOfObject(content, from);
    const found = to === -1 ? undefined : parse(content.slice(from, to + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Index of the brace that closes the one at `from`; braces inside strings do not count. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at++;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at;
  }
  return -1;
}
