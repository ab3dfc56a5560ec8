/**
 * What paid engines cost: one dated table. List prices of the vendors in micro-dollars (1 USD = 1,000,000),
 * as published for pay-as-you-go use (OpenAI and Azure OpenAI price pages, 2026); a contract's own
 * prices replace them here, under a new version.
 */
export const priceTable = {
  version: '2026-11-01',
  /** Default rate, in micro-reais per dollar, of `rateDate`; `BRL_PER_USD` of the environment wins. */
  brlMicrosPerUsd: 5_400_000,
  rateDate: '2026-11-01',
  /** Speech to text, per minute of sound. */
  perMinute: {
    whisper: 6_000,
    'whisper-1': 6_000,
    'gpt-4o-transcribe': 6_000,
    'gpt-4o-mini-transcribe': 3_000,
  } as Readonly<Record<string, number>>,
  /** Language models, per million tokens. A model's dated version costs as the model, unless it is listed. */
  perMillionTokens: {
    'gpt-4o': { input: 2_500_000, output: 10_000_000 },
    'gpt-4o-2024-05-13': { input: 5_000_000, output: 15_000_000 },
    'gpt-4o-mini': { input: 150_000, output: 600_000 },
    'gpt-4.1': { input: 2_000_000, output: 8_000_000 },
    'gpt-4.1-mini': { input: 400_000, output: 1_600_000 },
    'gpt-4.1-nano': { input: 100_000, output: 400_000 },
    'gpt-5': { input: 1_250_000, output: 10_000_000 },
    'gpt-5-mini': { input: 250_000, output: 2_000_000 },
    'gpt-5-nano': { input: 50_000, output: 400_000 },
    'gpt-5-pro': { input: 15_000_000, output: 120_000_000 },
    o3: { input: 2_000_000, output: 8_000_000 },
    'o3-mini': { input: 1_100_000, output: 4_400_000 },
    'o4-mini': { input: 1_100_000, output: 4_400_000 },
  } as Readonly<Record<string, TokenPrice>>,
  /** Embeddings, per million tokens. */
  perMillionEmbedded: {
    'text-embedding-3-small': 20_000,
    'text-embedding-3-large': 130_000,
    'text-embedding-ada-002': 100_000,
  } as Readonly<Record<string, number>>,
};

interface TokenPrice {
  input: number;
  output: number;
}

/** Unknown models are taken for the dearest of their kind: a cap must never be passed by a name. */
const dearestMinute = Math.max(...Object.values(priceTable.perMinute));
const dearestEmbedded = Math.max(...Object.values(priceTable.perMillionEmbedded));
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
  const price = listed(priceTable.perMillionTokens, model) ?? dearestTokens;
  const cost =
    BigInt(tokens.input) * BigInt(price.input) + BigInt(tokens.output) * BigInt(price.output);
  return toBrlMicros(cost, 1_000_000n, rate);
}

/** Price of embedded tokens in whole micro-reais, rounded up. */
export function priceOfEmbedding(model: string, tokens: number, rate: ExchangeRate): number {
  const price = listed(priceTable.perMillionEmbedded, model) ?? dearestEmbedded;
  return toBrlMicros(BigInt(tokens) * BigInt(price), 1_000_000n, rate);
}

/** Version of the table and the rate: together they let an old row be computed again. */
export function priceVersion(rate: ExchangeRate): string {
  return `${priceTable.version} @ ${(rate.brlMicrosPerUsd / 1_000_000).toFixed(6)}`;
}

/** Whether the table knows the model by its name or, for a dated version, by the model's. */
export function hasTokenPrice(model: string): boolean {
  return listed(priceTable.perMillionTokens, model) !== undefined;
}

/** `gpt-4o-2024-11-20` is a version of `gpt-4o`. */
function listed<P>(table: Readonly<Record<string, P>>, model: string): P | undefined {
  return table[model] ?? table[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
}

/** `usdMicros / divisor` dollars-millionths in micro-reais; integers only, so that sums never drift. */
function toBrlMicros(usdMicros: bigint, divisor: bigint, rate: ExchangeRate): number {
  const scaled = usdMicros * BigInt(rate.brlMicrosPerUsd);
  const whole = divisor * 1_000_000n;
  return Number((scaled + whole - 1n) / whole);
}
