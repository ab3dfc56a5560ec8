/** The consultation that a query belongs to, or the clinic whose guidelines are embedded. */
export type Payer = { consultationId: string } | { clinicaId: string };

/** Turns texts into vectors whose dot product says how near they are in meaning. */
export interface Embedder {
  /** Stored with each vector: vectors of different models do not compare. Final once it has started. */
  readonly model: string;
  readonly dimension: number;
  /** Loads what is needed; resolves at once when it is loaded. */
  start(): Promise<void>;
  /**
   * @param kind what is asked and what is searched are embedded differently
   * @param payer whose call it is; a paid engine embeds no query without one
   * @returns a vector for each text, or none at all where a paid engine may not or cannot be asked
   */
  embed(
    kind: 'query' | 'passage',
    texts: readonly string[],
    payer?: Payer,
  ): Promise<Float32Array[]>;
  stop(): Promise<void>;
}

/** Dot product; the cosine for vectors of length one. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
