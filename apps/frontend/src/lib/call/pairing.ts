import type { SignalPairing } from '@medcall/shared-types';
import type { Signal } from './signal.ts';

/**
 * Two pages have to agree which of their connections belong together, although either may be loaded
 * again and signals of earlier ones are still under way. One side alone (`CallOwner`, the one that does
 * not give way) names each pair of connections; the other (`CallFollower`) follows and only says which
 * page it is. So neither can answer a new connection of the other with a new one of its own for ever.
 */

/** What to do with an arrived signal. */
export type Verdict =
  /** It belongs to the present connection. */
  | 'use'
  /** The other side lacks something that I have sent: send it again. */
  | 'resend'
  /** My connection is of no use to the other side: open another. */
  | 'renew'
  /** It names a call that I have not followed yet. */
  | 'adopt'
  /** It belongs to a call whose offer is still under way. */
  | 'keep'
  /** It was meant for an earlier page of mine: say which one I am. */
  | 'greet'
  | 'ignore';

/** Names of the past: as many as may still be under way. */
const remembered = 50;

class Names {
  readonly #names = new Set<string>();
  add(name: string): void {
    this.#names.add(name);
    const [oldest] = this.#names;
    if (this.#names.size > remembered && oldest !== undefined) this.#names.delete(oldest);
  }
  has(name: string): boolean {
    return this.#names.has(name);
  }
}

export interface Arrived {
  pairing: SignalPairing | undefined;
  content: 'offer' | 'answer' | 'candidate' | 'greeting';
}

/** The side that names the calls. */
export class CallOwner {
  readonly #newId: () => string;
  readonly #formerCalls = new Names();
  readonly #formerPages = new Names();
  #call: string;
  #page: string | null = null;
  #answered = false;

  constructor(newId: () => string) {
    this.#newId = newId;
    this.#call = newId();
  }

  get label(): { call: string; page: string | null } {
    return { call: this.#call, page: this.#page };
  }

  /** Names another call. */
  renew(): void {
    this.#formerCalls.add(this.#call);
    this.#call = this.#newId();
    this.#answered = false;
  }

  judge({ pairing, content }: Arrived): Verdict {
    // A client that does not pair: there is only one connection to it.
    if (!pairing || pairing.page === null) return 'use';
    const { call, page } = pairing;
    if (this.#formerPages.has(page)) return 'ignore';
    if (this.#page !== null && this.#page !== page) {
      this.#formerPages.add(this.#page);
      this.#page = page;
      return 'renew';
    }
    this.#page = page;
    const isDescription = content === 'offer' || content === 'answer';
    if (call === this.#call) {
      if (isDescription) this.#answered = true;
      return 'use';
    }
    // Candidates come in crowds, and what they lack has been noticed by what came before them.
    if (content === 'candidate') return 'ignore';
    // It had followed me and now follows a call that I never named: an earlier page of mine spoke late.
    const astray = call !== null && !this.#formerCalls.has(call);
    return astray && this.#answered && isDescription ? 'renew' : 'resend';
  }
}

/** The side that follows. */
export class CallFollower {
  readonly #newId: () => string;
  readonly #formerCalls = new Names();
  #call: string | null = null;
  #page: string;

  constructor(newId: () => string) {
    this.#newId = newId;
    this.#page = newId();
  }

  get label(): { call: string | null; page: string } {
    return { call: this.#call, page: this.#page };
  }

  /** Becomes another page, to which the owner opens another call. */
  renew(): void {
    if (this.#call !== null) this.#formerCalls.add(this.#call);
    this.#call = null;
    this.#page = this.#newId();
  }

  adopt(call: string): void {
    if (this.#call !== null) this.#formerCalls.add(this.#call);
    this.#call = call;
  }

  judge({ pairing, content }: Arrived): Verdict {
    const { call, page } = pairing ?? unpaired;
    if (page !== null && page !== this.#page) return content === 'offer' ? 'greet' : 'ignore';
    if (call === null || this.#formerCalls.has(call)) return 'ignore';
    if (call === this.#call) return 'use';
    if (content === 'offer') return 'adopt';
    return content === 'candidate' ? 'keep' : 'ignore';
  }
}

/** What a client that does not pair is taken to have said. */
export const unpaired: { call: string; page: string | null } = { call: '', page: null };

/** What kind of signal it is; without description and candidate a greeting. */
export function contentOf({ description, candidate }: Signal): Arrived['content'] {
  if (description) return description.type === 'offer' ? 'offer' : 'answer';
  return candidate ? 'candidate' : 'greeting';
}

/** Who gives way: everybody to the doctor; among others the ids decide, and both sides agree. */
export function isPolite(
  self: { id: string; role: string },
  other: { id: string; role: string },
): boolean {
  if (self.role === 'doctor' && other.role !== 'doctor') return false;
  if (other.role === 'doctor' && self.role !== 'doctor') return true;
  return self.id > other.id;
}
