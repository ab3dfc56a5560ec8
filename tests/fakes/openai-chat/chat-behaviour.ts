/** A request as the vendor received it. */
export interface ChatCall {
  path: string;
  deployment: string | null;
  apiVersion: string | null;
  model: string | null;
  stream: boolean;
  /** `json_schema`, `json_object` or `text`. */
  format: string;
  limit: { name: 'max_tokens' | 'max_completion_tokens' | 'none'; tokens: number };
  system: string;
  user: string;
}

/** What the fake does with the next call, in order; afterwards it answers as `answers` says. */
export type ChatBehaviour =
  | { kind: 'answer'; answer: unknown }
  /** Content as it is, whatever was asked for: prose, fences, half a document. */
  | { kind: 'content'; content: string }
  | { kind: 'no_usage'; answer: unknown }
  | { kind: 'rate_limited'; retryAfterMs: number; azureHeader?: boolean }
  | { kind: 'server_error'; status?: 500 | 502 | 503 }
  | { kind: 'unauthorized' }
  | { kind: 'hang' }
  /** Headers and a first piece, then silence. */
  | { kind: 'stall' }
  /** Writes on and on, whatever limit was asked for, until the line is closed. */
  | { kind: 'endless' }
  /** A piece every now and then and never an end, until the line is closed. */
  | { kind: 'trickle'; everyMs: number }
  | { kind: 'slow'; ms: number; answer: unknown }
  | { kind: 'cut_off'; answer: unknown }
  | { kind: 'not_json' }
  | { kind: 'wrong_json' }
  | { kind: 'refusal' }
  /** Azure: the prompt itself is refused, with 400; charged. */
  | { kind: 'prompt_filtered' }
  /** Azure: the answer is taken back, with finish_reason `content_filter`; charged. */
  | { kind: 'answer_filtered' }
  | { kind: 'too_long'; answer: unknown };

/** What a server does not understand; it then answers 400 as such servers do. */
export interface ChatLimits {
  noJsonSchema?: boolean;
  noJsonObject?: boolean;
  noMaxTokens?: boolean;
  noTemperature?: boolean;
  noStreamOptions?: boolean;
}

/** What the vendor would charge for one call. */
export interface ChatCharge {
  model: string;
  inputTokens: number;
  outputTokens: number;
}
