/** Deeper than this nobody encodes honestly. */
const maxDecodings = 3;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const forbiddenCharacters = /[\\\u0000-\u001f\u007f]/;
/** Segments of plain letters, the great majority: none of what is refused can be in them. */
const plainSegments = /^(?:\/[\w-]+)+\/?$/;
const encodedSeparators = /%(?:2f|5c|00)/i;

/**
 * True when a request target can mean one path only, to us and to the service behind us.
 * Refused: absolute targets, `.` and `..` segments (also encoded, doubly encoded, full-width or with
 * `;` parameters), empty segments, backslashes, encoded separators, control characters, broken UTF-8.
 * A service that decodes once more than we do would otherwise answer from another route.
 */
export function isSafePath(target: string): boolean {
  const path = target.split('?', 1)[0] ?? '';
  if (plainSegments.test(path)) return true;
  if (!path.startsWith('/') || path.includes('#')) return false;
  let current = path;
  for (let round = 0; round <= maxDecodings; round += 1) {
    if (encodedSeparators.test(current) || hasForbiddenShape(current)) return false;
    const decoded = decode(current);
    if (decoded === undefined) return false;
    if (decoded === current) return true;
    current = decoded;
  }
  return false;
}

function hasForbiddenShape(path: string): boolean {
  const normalised = path.normalize('NFKC');
  if (forbiddenCharacters.test(normalised)) return true;
  // NFKC turns full-width solidus and full stops into the plain ones.
  if (slashes(normalised) !== slashes(path)) return true;
  return normalised
    .split('/')
    .slice(1)
    .some((segment, index, all) => {
      const name = segment.split(';', 1)[0]?.trim() ?? '';
      if (name === '.' || name === '..') return true;
      return name === '' && index < all.length - 1;
    });
}

function slashes(text: string): number {
  return text.split('/').length;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
