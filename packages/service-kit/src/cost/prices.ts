/**
 * What paid engines cost: one dated table. List prices of the vendors in micro-dollars (1 USD = 1,000,000),
 * as published for pay-as-you-go use; a contract's own prices replace them here, under a new version.
 */
export const priceTable = {
  version: '2026-11-01',
  /** Default rate, in micro-reais per dollar; `BRL_PER_USD` of the environment wins. */
  brlMicrosPerUsd: 5_400_000,
  /** Speech to text, per minute of sound. */
  perMinute: {
    whisper: 6_000,
    'whisper-1': 6_000,
    'gpt-4o-transcribe': 6_000,
    'gpt-4o-mini-transcribe': 3_000,
  } as Readonly<Record<string, number>>,
  /** Language models and embeddings, per million tokens. */
  perMillionTokens: {
    'gpt-4o': { input: 2_500_000, output: 10_000_000 },
    'gpt-4o-mini': { input: 150_000, output: 600_000 },
    'text-embedding-3-small': { input: 20_000, output: 0 },
    'text-embedding-3-large': { input: 130_000, output: 0 },
    'text-embedding-ada-002': { input: 100_000, output: 0 },
  } as Readonly<Record<string, { input: number; output: number }>>,
};

/** Unknown models are taken for the dearest of their kind: a cap must never be passed by a name. */
const dearestMinute = Math.max(...Object.values(priceTable.perMinute));
const dearestTokens = {
  input: Math.max(...Object.values(priceTable.perMillionTokens).map((price) => price.input)),
  output: Math.max(...Object.values(priceTable.perMillionTokens).map((price) => price.output)),
};

export interface ExchangeRate {
  /** Micro-reais for one dollar. */
  brlMicrosPerUsd: number;
}

/** Price of `seconds` of sound in whole micro-reais, rounded up. */
export function priceOfSound(model: string, seconds: number, rate: ExchangeRate): number {
  const perMinute = priceTable.perMinute[model] ?? dearestMinute;
  const milliseconds = BigInt(Math.ceil(seconds * 1000));
  return toBrlMicros(milliseconds * BigInt(perMinute), 60_000n, rate);
}

/** Price of tokens in whole micro-reais, rounded up. */
export function priceOfTokens(
  model: string,
  tokens: { input: number; output: number },
  rate: ExchangeRate,
): number {
  const price = priceTable.perMillionTokens[model] ?? dearestTokens;
  const cost =
    BigInt(tokens.input) * BigInt(price.input) + BigInt(tokens.output) * BigInt(price.output);
  return toBrlMicros(cost, 1_000_000n, rate);
}

/** `usdMicros / divisor` dollars-millionths in micro-reais; integers only, so that sums never drift. */
function toBrlMicros(usdMicros: bigint, divisor: bigint, rate: ExchangeRate): number {
  const scaled = usdMicros * BigInt(rate.brlMicrosPerUsd);
  const whole = divisor * 1_000_000n;
  return Number((scaled + whole - 1n) / whole);
}
