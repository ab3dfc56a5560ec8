import type { ExchangedInvitation, RoomConsultation } from '@medcall/shared-types';
import { expiryOf, type TokenSource } from './room-link.ts';

const marginMs = 60_000;

/**
 * The room token of an invited person: exchanged again before it runs out. Calls that come together
 * share one exchange, which the gateway rate-limits.
 */
export class InvitationTokens implements TokenSource {
  readonly #exchange: () => Promise<ExchangedInvitation>;
  readonly #nowMs: () => number;
  #accessToken: string | null = null;
  #inFlight: Promise<ExchangedInvitation> | null = null;

  constructor(exchange: () => Promise<ExchangedInvitation>, nowMs: () => number = Date.now) {
    this.#exchange = exchange;
    this.#nowMs = nowMs;
  }

  /** Exchanges and tells what the consultation is. Throws ApiError. */
  async open(): Promise<{ accessToken: string; consultation: RoomConsultation }> {
    this.#inFlight ??= this.#exchange().finally(() => {
      this.#inFlight = null;
    });
    const answer = await this.#inFlight;
    this.#accessToken = answer.accessToken;
    return answer;
  }

  async get({ renew }: { renew: boolean }): Promise<string | null> {
    const token = this.#accessToken;
    const livesUntilMs = token ? (expiryOf(token) ?? Number.POSITIVE_INFINITY) : 0;
    if (token && !renew && livesUntilMs > this.#nowMs() + marginMs) return token;
    return (await this.open()).accessToken;
  }
}
