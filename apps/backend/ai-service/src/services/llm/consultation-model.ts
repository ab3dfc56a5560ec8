import type { CircuitBreaker, CostLedger, Logger, RefusedReservation } from '@medcall/service-kit';
import type { z } from 'zod';
import type { LanguageModel, ModelAnswer, ModelRequest, ModelUsage } from '../llm.ts';
import { createMasker, type Masker } from '../privacy/masker.ts';
import { ModelFailure, type ModelFailureReason } from './model-failure.ts';
import type { Prompt } from './prompt.ts';

/** Something to be written for one consultation. */
export interface ConsultationRequest<T extends z.ZodObject> {
  consultationId: string;
  prompt: Prompt;
  /**
   * What was said and written, with the names in it: its strings are masked here, and it is sent as
   * JSON, so that nothing in it can pass for the frame around it.
   */
  input: Record<string, unknown>;
  answer: T;
  maxOutputTokens: number;
  /** For all attempts together. */
  deadlineMs: number;
  signal?: AbortSignal;
  onText?: (piece: string) => void;
}

/** What the record keeps of a text that a model wrote. */
export interface Provenance {
  engine: string;
  engineVersion: string;
  promptHash: string;
  outputId: string;
}

/** Why the embedded engine has to do the work. */
export type FallbackReason =
  | 'not_configured'
  | 'ai_off'
  | 'cost_cap'
  /** The provider failed lately and is left alone for a while. */
  | 'paused'
  | ModelFailureReason;

export type ConsultationAnswer<A> =
  | { kind: 'answered'; answer: A; provenance: Provenance }
  | { kind: 'fallback'; reason: FallbackReason };

/** The language model as services use it: one consultation pays, consents and is protected. */
export interface ConsultationModel {
  /** Null when none is configured. */
  readonly name: string | null;
  complete<T extends z.ZodObject>(
    request: ConsultationRequest<T>,
  ): Promise<ConsultationAnswer<z.output<T>>>;
}

export interface ConsultationModelOptions {
  model: LanguageModel;
  ledger: CostLedger;
  /** Whole micro-reais; `version` as the vendor names the model, when it is known. */
  priceOf: (usage: ModelUsage, version?: string) => number;
  priceVersion: string;
  /** Names of the people in a consultation. */
  namesIn: (consultationId: string) => Promise<readonly string[]>;
  breaker: CircuitBreaker;
  attempts: number;
  newKey: () => string;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  logger: Logger;
}

/** For installations without a language model. */
export const noModel: ConsultationModel = {
  name: null,
  complete: async () => ({ kind: 'fallback', reason: 'not_configured' }),
};

/**
 * Each attempt is reserved in the ledger at its upper bound before it is made, which also asks for
 * consent and cap, and settled after it; what a broken call cost nobody knows, so its reservation
 * stays booked. Names and numbers are masked before a text leaves and put back into the answer.
 */
export function createConsultationModel(options: ConsultationModelOptions): ConsultationModel {
  return new GuardedModel(options);
}

const firstPauseMs = 300;

class GuardedModel implements ConsultationModel {
  readonly name: string;
  private readonly options: ConsultationModelOptions;

  constructor(options: ConsultationModelOptions) {
    this.options = options;
    this.name = options.model.name;
  }

  async complete<T extends z.ZodObject>(
    request: ConsultationRequest<T>,
  ): Promise<ConsultationAnswer<z.output<T>>> {
    const { attempts, logger, namesIn, now, wait } = this.options;
    const masker = createMasker(await namesIn(request.consultationId));
    const deadline = AbortSignal.timeout(request.deadlineMs);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    const endsAt = now() + request.deadlineMs;
    const masked = this.toModelRequest(request, masker, signal);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(request.consultationId, masked);
      if (outcome.kind === 'refused') return { kind: 'fallback', reason: outcome.reason };
      if (outcome.kind === 'answered') {
        return {
          kind: 'answered',
          answer: masker.restore(outcome.said.answer),
          provenance: this.provenanceOf(outcome.said, request.prompt),
        };
      }
      const { failure } = outcome;
      logger.warn(
        { err: failure, attempt, consultationId: request.consultationId },
        'the language model gave no answer',
      );
      const pauseMs = failure.retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1);
      const again = failure.retryable && attempt < attempts && now() + pauseMs < endsAt;
      if (!again || signal.aborted) return { kind: 'fallback', reason: failure.reason };
      await wait(pauseMs, signal);
      if (signal.aborted) return { kind: 'fallback', reason: 'timeout' };
    }
  }

  private toModelRequest<T extends z.ZodObject>(
    request: ConsultationRequest<T>,
    masker: Masker,
    signal: AbortSignal,
  ): ModelRequest<T> {
    const { answer, maxOutputTokens, onText, prompt } = request;
    return {
      prompt,
      input: JSON.stringify(masker.maskIn(request.input)),
      answer,
      maxOutputTokens,
      signal,
      // Streaming notices a silent server early, so it is used even when nobody reads along.
      onText: onText ?? (() => undefined),
    };
  }

  private async attempt<T extends z.ZodObject>(
    consultationId: string,
    request: ModelRequest<T>,
  ): Promise<Outcome<z.output<T>>> {
    const { breaker, ledger, model } = this.options;
    if (!breaker.admits()) return { kind: 'refused', reason: 'paused' };
    let reservation: string;
    try {
      const answer = await ledger.reserve(this.reservationOf(consultationId, request));
      if (!answer.granted) {
        breaker.abandoned();
        return { kind: 'refused', reason: toFallback(answer.reason) };
      }
      reservation = answer.id;
    } catch (error) {
      breaker.abandoned();
      throw error;
    }
    try {
      const said = await model.complete(request);
      breaker.succeeded();
      if (said.usage) await this.settle(reservation, said.usage, said.version);
      return { kind: 'answered', said };
    } catch (thrown) {
      if (!(thrown instanceof ModelFailure)) {
        breaker.abandoned();
        throw thrown;
      }
      await this.settleFailure(reservation, thrown);
      if (thrown.serverIsWell) breaker.succeeded();
      else breaker.failed(thrown.retryAfterMs);
      return { kind: 'failed', failure: thrown };
    }
  }

  private reservationOf(consultationId: string, request: ModelRequest<z.ZodObject>) {
    const { model, newKey, priceOf, priceVersion } = this.options;
    const bound = {
      inputTokens: model.inputBound(request),
      outputTokens: request.maxOutputTokens,
    };
    return {
      consultationId,
      service: 'gpt-4o' as const,
      model: model.model,
      upperBoundMicros: priceOf(bound),
      tokens: bound.inputTokens + bound.outputTokens,
      priceVersion,
      idempotencyKey: newKey(),
    };
  }

  private settle(reservation: string, usage: ModelUsage, version?: string): Promise<void> {
    return this.options.ledger.settle(reservation, {
      micros: this.options.priceOf(usage, version),
      tokens: usage.inputTokens + usage.outputTokens,
    });
  }

  private async settleFailure(reservation: string, { charge }: ModelFailure): Promise<void> {
    switch (charge.kind) {
      case 'none':
        return this.options.ledger.release(reservation);
      case 'used':
        return this.settle(reservation, charge.usage, charge.version);
      case 'unknown':
        return;
    }
  }

  private provenanceOf(said: ModelAnswer<unknown>, prompt: Prompt): Provenance {
    return {
      engine: this.name,
      engineVersion: said.version,
      promptHash: prompt.hash,
      outputId: said.outputId,
    };
  }
}

type Outcome<A> =
  | { kind: 'answered'; said: ModelAnswer<A> }
  | { kind: 'failed'; failure: ModelFailure }
  | { kind: 'refused'; reason: FallbackReason };

function toFallback(reason: RefusedReservation): FallbackReason {
  switch (reason) {
    case 'ai_off':
      return 'ai_off';
    case 'consultation_cap':
    case 'clinic_cap':
      return 'cost_cap';
  }
}
