import type { AuthTokens } from './session-types.ts';

/** What the identity answers to a spent refresh token. */
export type RefreshAnswer =
  | { kind: 'ok'; tokens: AuthTokens }
  | { kind: 'refused' }
  | { kind: 'unreachable' };

export type RefreshOutcome =
  | { kind: 'current'; tokens: AuthTokens }
  | { kind: 'refreshed'; tokens: AuthTokens }
  | { kind: 'expired' }
  | { kind: 'unavailable'; tokens: AuthTokens };

export interface SessionRefresherOptions {
  refresh: (refreshToken: string) => Promise<RefreshAnswer>;
  nowMs: () => number;
  /**
   * A token with less life than this is renewed, so that the page never starts with a dying one. More than
   * the page's own margin: what it asks for because of that is renewed.
   */
  earlyMs?: number;
  /**
   * How long the successor of a spent token is handed to those who still hold the spent one. Longer
   * than the identity's 10 s: a lost answer leaves the browser with the old cookie, and spending its
   * token again later would end the whole session.
   */
  graceMs?: number;
}

/**
 * Spends each refresh token once: tabs that ask at the same time wait for the same answer, and
 * those that come a little late with the old cookie get the same successor. Across several
 * processes the identity's own grace of 10 s does the same.
 */
export class SessionRefresher {
  readonly #options: Required<SessionRefresherOptions>;
  readonly #successors = new Map<string, { answer: Promise<RefreshAnswer>; untilMs: number }>();

  constructor(options: SessionRefresherOptions) {
    this.#options = { earlyMs: 150_000, graceMs: 5 * 60_000, ...options };
  }

  async ensureFresh(tokens: AuthTokens): Promise<RefreshOutcome> {
    const lifeMs = tokens.expiresAt * 1000 - this.#options.nowMs();
    if (lifeMs > this.#options.earlyMs) return { kind: 'current', tokens };
    const answer = await this.#answerFor(tokens.refreshToken);
    switch (answer.kind) {
      case 'ok':
        return { kind: 'refreshed', tokens: answer.tokens };
      case 'unreachable':
        return lifeMs > 0 ? { kind: 'current', tokens } : { kind: 'unavailable', tokens };
      case 'refused':
        return lifeMs > 0 ? { kind: 'current', tokens } : { kind: 'expired' };
    }
  }

  #answerFor(refreshToken: string): Promise<RefreshAnswer> {
    this.#forgetOld();
    const known = this.#successors.get(refreshToken);
    if (known) return known.answer;
    const answer = this.#options.refresh(refreshToken);
    const entry = { answer, untilMs: Number.POSITIVE_INFINITY };
    this.#successors.set(refreshToken, entry);
    void answer.then(
      ({ kind }) => {
        if (kind === 'ok') entry.untilMs = this.#options.nowMs() + this.#options.graceMs;
        else this.#successors.delete(refreshToken);
      },
      () => this.#successors.delete(refreshToken),
    );
    return answer;
  }

  #forgetOld(): void {
    const now = this.#options.nowMs();
    for (const [token, { untilMs }] of this.#successors) {
      if (untilMs <= now) this.#successors.delete(token);
    }
  }
}
