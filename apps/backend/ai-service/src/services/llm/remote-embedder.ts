import type { CircuitBreaker, CostLedger, Logger } from '@medcall/service-kit';
import type { Embedder, Payer } from '../embeddings.ts';
import { createMasker } from '../privacy/masker.ts';
import { ModelFailure } from './model-failure.ts';
import type { EmbeddedTexts, EmbeddingVendor } from './openai-embeddings.ts';

export interface RemoteEmbedderOptions {
  vendor: EmbeddingVendor;
  ledger: CostLedger;
  /** Whole micro-reais; `version` as the vendor names the model. */
  priceOf: (tokens: number, version?: string) => number;
  priceVersion: string;
  namesIn: (consultationId: string) => Promise<readonly string[]>;
  breaker: CircuitBreaker;
  newKey: () => string;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  logger: Logger;
}

/** A question during a talk is worth this long; full text answers meanwhile. */
const queryDeadlineMs = 3_000;
const passageDeadlineMs = 60_000;
const passageAttempts = 5;
const firstPauseMs = 1_000;
const probe = 'dimensão';

/**
 * A vendor's embeddings behind consent, cap, masking and circuit breaker. A query is paid by its
 * consultation; without one, or when it may not or cannot be asked, there is no vector and the search
 * goes by full text. Passages of guidelines hold nobody's data: a clinic's own are paid by the clinic under
 * its monthly cap, the common corpus belongs to the installation and its price goes to the log.
 */
export function createRemoteEmbedder(options: RemoteEmbedderOptions): Embedder {
  return new RemoteEmbedder(options);
}

class RemoteEmbedder implements Embedder {
  private readonly options: RemoteEmbedderOptions;
  private readonly ending = new AbortController();
  private size = 0;
  /** The vendor gave vectors of another length: each further call would be paid for nothing. */
  private changed = false;

  constructor(options: RemoteEmbedderOptions) {
    this.options = options;
  }

  /** Vectors of another length are another model's, whatever the deployment is called. */
  get model(): string {
    return `${this.options.vendor.name}@${this.size}`;
  }

  get dimension(): number {
    return this.size;
  }

  /** Learns the length of the vectors. @throws ModelFailure when the vendor does not answer */
  async start(): Promise<void> {
    if (this.size > 0 && !this.changed) return;
    const { vectors } = await this.patiently([probe], 1);
    this.size = vectors[0]?.length ?? 0;
    this.changed = false;
  }

  async embed(
    kind: 'query' | 'passage',
    texts: readonly string[],
    payer?: Payer,
  ): Promise<Float32Array[]> {
    if (texts.length === 0 || this.changed) return [];
    const forClinic = payer !== undefined && 'clinicaId' in payer;
    if (kind === 'passage' && !forClinic) return this.passages(texts);
    // Before its length is known, no vector could be kept.
    if (!payer || this.size === 0) return [];
    if (kind === 'passage') return forClinic ? this.passagesOf(payer.clinicaId, texts) : [];
    if (forClinic) return [];
    return this.query(texts, payer.consultationId);
  }

  async stop(): Promise<void> {
    this.ending.abort();
  }

  private async passages(texts: readonly string[]): Promise<Float32Array[]> {
    const { vectors, tokens, version } = await this.patiently(texts, passageAttempts);
    const micros = tokens === null ? null : this.options.priceOf(tokens, version);
    this.options.logger.info({ tokens, micros, version }, 'guideline passages were embedded');
    return this.ofRightLength(vectors) ? vectors : [];
  }

  /** @throws ModelFailure when the vendor does not answer; what it may have charged stays booked */
  private async passagesOf(clinicaId: string, texts: readonly string[]): Promise<Float32Array[]> {
    const reservation = await this.reserve(texts, { clinicaId });
    if (reservation === null) return [];
    try {
      const { vectors, tokens, version } = await this.patiently(texts, 1);
      if (tokens !== null) await this.settle(reservation, tokens, version);
      return this.ofRightLength(vectors) ? vectors : [];
    } catch (thrown) {
      if (thrown instanceof ModelFailure && thrown.charge.kind === 'none') {
        await this.options.ledger.release(reservation);
      }
      throw thrown;
    }
  }

  /** Waits as long as the vendor asks: nobody is waiting for an index. */
  private async patiently(texts: readonly string[], attempts: number): Promise<EmbeddedTexts> {
    const { vendor, wait } = this.options;
    for (let attempt = 1; ; attempt++) {
      const deadline = AbortSignal.timeout(passageDeadlineMs);
      try {
        return await vendor.embed(texts, AbortSignal.any([this.ending.signal, deadline]));
      } catch (thrown) {
        const retryable = thrown instanceof ModelFailure && thrown.retryable;
        if (!retryable || attempt >= attempts || this.ending.signal.aborted) throw thrown;
        await wait(thrown.retryAfterMs ?? firstPauseMs * 2 ** attempt, this.ending.signal);
      }
    }
  }

  private async query(texts: readonly string[], consultationId: string): Promise<Float32Array[]> {
    const { breaker, logger, namesIn, vendor } = this.options;
    if (!breaker.admits()) return [];
    let reservation: string | null = null;
    try {
      const masker = createMasker(await namesIn(consultationId));
      // An empty text is refused by the vendor.
      const masked = texts.map((text) => masker.strip(text) || probe);
      reservation = await this.reserve(masked, { consultationId });
      if (reservation === null) {
        breaker.abandoned();
        return [];
      }
      const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(queryDeadlineMs)]);
      const { vectors, tokens, version } = await vendor.embed(masked, signal);
      breaker.succeeded();
      if (tokens !== null) await this.settle(reservation, tokens, version);
      return this.ofRightLength(vectors) ? vectors : [];
    } catch (thrown) {
      if (!(thrown instanceof ModelFailure)) {
        breaker.abandoned();
        throw thrown;
      }
      breaker.failed(thrown.retryAfterMs);
      logger.warn({ err: thrown, consultationId }, 'a query was not embedded');
      if (reservation !== null && thrown.charge.kind === 'none') {
        await this.options.ledger.release(reservation);
      }
      return [];
    }
  }

  private ofRightLength(vectors: readonly Float32Array[]): boolean {
    const right = vectors.every((vector) => vector.length === this.size);
    if (!right) {
      this.changed = true;
      this.options.logger.error(
        { expected: this.size, got: vectors[0]?.length },
        'the embedding model behind its name has changed: restart the service to index anew',
      );
    }
    return right;
  }

  private async reserve(texts: readonly string[], payer: Payer): Promise<string | null> {
    const { ledger, newKey, priceOf, priceVersion, vendor } = this.options;
    // A token is at least one byte.
    const bound = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 4, 0);
    const answer = await ledger.reserve({
      ...payer,
      service: 'embedding',
      model: vendor.model,
      upperBoundMicros: priceOf(bound),
      tokens: bound,
      priceVersion,
      idempotencyKey: newKey(),
    });
    return answer.granted ? answer.id : null;
  }

  private settle(reservation: string, tokens: number, version: string): Promise<void> {
    const micros = this.options.priceOf(tokens, version);
    return this.options.ledger.settle(reservation, { micros, tokens });
  }
}
