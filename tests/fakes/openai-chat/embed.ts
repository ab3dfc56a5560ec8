/**
 * Vectors of texts: each word adds to a place that its letters choose, so that texts which share words
 * are near each other. Length one, as the vendor gives them.
 */
export function vectorsFor(texts: readonly string[], dimension: number, base64: boolean) {
  return texts.map((text, index) => {
    const vector = toVector(text, dimension);
    return {
      object: 'embedding',
      index,
      embedding: base64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
    };
  });
}

function toVector(text: string, dimension: number): number[] {
  const vector = new Array<number>(dimension).fill(0.01);
  for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
    let place = 0;
    for (const letter of word) place = (place * 31 + (letter.codePointAt(0) ?? 0)) % dimension;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
