/** Where a figure stands and when it was last read there. */
export interface Seen {
  source: string;
  /** Date (YYYY-MM-DD) of the last look: a later change of the vendor's is not in it. */
  checkedAt: string;
}

interface TokenPrice extends Seen {
  input: number;
  output: number;
}

interface UnitPrice extends Seen {
  usdMicros: number;
}

const openAiPrices = 'https://developers.openai.com/api/docs/pricing';
/** Azure lists the models that it shares with OpenAI at OpenAI's prices. */
const azurePrices =
  'https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/';
const speech = { source: openAiPrices, checkedAt: '2026-07-14' };
const tokens = { source: openAiPrices, checkedAt: '2025-07-04' };
const laterTokens = { source: openAiPrices, checkedAt: '2025-11-13' };

/**
 * What paid engines cost. List prices for pay-as-you-go use in micro-dollars (1 USD = 1,000,000), each
 * with the page that lists it and the day on which somebody is known to have read it there; a contract's
 * own prices replace them here, under a new version.
 */
export const priceTable = {
  version: '2026-11-26',
  /** Default rate in micro-reais per dollar; `BRL_PER_USD` of the environment wins. */
  rate: {
    brlMicrosPerUsd: 5_384_300,
    source: 'https://www.bcb.gov.br/estabilidadefinanceira/historicocotacoes (PTAX, venda)',
    checkedAt: '2025-10-31',
  },
  /** Speech to text, per minute of sound. */
  perMinute: {
    whisper: { usdMicros: 6_000, ...speech, source: azurePrices },
    'whisper-1': { usdMicros: 6_000, ...speech },
    'gpt-4o-transcribe': { usdMicros: 6_000, ...speech },
    'gpt-4o-mini-transcribe': { usdMicros: 3_000, ...speech },
  } as Readonly<Record<string, UnitPrice>>,
  /** Language models, per million tokens. A model's dated version costs as the model, unless it is listed. */
  perMillionTokens: {
    'gpt-4o': { input: 2_500_000, output: 10_000_000, ...tokens },
    'gpt-4o-2024-05-13': { input: 5_000_000, output: 15_000_000, ...tokens },
    'gpt-4o-mini': { input: 150_000, output: 600_000, ...tokens },
    'gpt-4.1': { input: 2_000_000, output: 8_000_000, ...tokens },
    'gpt-4.1-mini': { input: 400_000, output: 1_600_000, ...tokens },
    'gpt-4.1-nano': { input: 100_000, output: 400_000, ...tokens },
    'gpt-5': { input: 1_250_000, output: 10_000_000, ...laterTokens },
    'gpt-5-mini': { input: 250_000, output: 2_000_000, ...laterTokens },
    'gpt-5-nano': { input: 50_000, output: 400_000, ...laterTokens },
    'gpt-5-pro': { input: 15_000_000, output: 120_000_000, ...laterTokens },
    o3: { input: 2_000_000, output: 8_000_000, ...tokens },
    'o3-mini': { input: 1_100_000, output: 4_400_000, ...tokens },
    'o4-mini': { input: 1_100_000, output: 4_400_000, ...tokens },
  } as Readonly<Record<string, TokenPrice>>,
  /** Embeddings, per million tokens. */
  perMillionEmbedded: {
    'text-embedding-3-small': { usdMicros: 20_000, ...tokens },
    'text-embedding-3-large': { usdMicros: 130_000, ...tokens },
    'text-embedding-ada-002': { usdMicros: 100_000, ...tokens },
  } as Readonly<Record<string, UnitPrice>>,
};

/** Unknown models are taken for the dearest of their kind: a cap must never be passed by a name. */
const dearestMinute = dearest(priceTable.perMinute);
const dearestEmbedded = dearest(priceTable.perMillionEmbedded);
const dearestTokens = {
  input: Math.max(...Object.values(priceTable.perMillionTokens).map((price) => price.input)),
  output: Math.max(...Object.values(priceTable.perMillionTokens).map((price) => price.output)),
};

function dearest(prices: Readonly<Record<string, UnitPrice>>): number {
  return Math.max(...Object.values(prices).map(({ usdMicros }) => usdMicros));
}

export interface ExchangeRate {
  /** Micro-reais for one dollar. */
  brlMicrosPerUsd: number;
}

/** Price of `seconds` of sound in whole micro-reais, rounded up. */
export function priceOfSound(model: string, seconds: number, rate: ExchangeRate): number {
  const perMinute = priceTable.perMinute[model]?.usdMicros ?? dearestMinute;
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
  const price = listed(priceTable.perMillionEmbedded, model)?.usdMicros ?? dearestEmbedded;
  return toBrlMicros(BigInt(tokens) * BigInt(price), 1_000_000n, rate);
}

/** Version of the table and the rate: together they let an old row be computed again. */
export function priceVersion(rate: ExchangeRate): string {
  return `${priceTable.version} @ ${(rate.brlMicrosPerUsd / 1_000_000).toFixed(6)}`;
}

/** The rate of the environment (reais for a dollar), or the table's. */
export function exchangeRate(brlPerUsd: number | undefined): ExchangeRate {
  return {
    brlMicrosPerUsd:
      brlPerUsd === undefined ? priceTable.rate.brlMicrosPerUsd : Math.round(brlPerUsd * 1_000_000),
  };
}

/** Whether the table knows the model by its name or, for a dated version, by the model's. */
export function hasTokenPrice(model: string): boolean {
  return listed(priceTable.perMillionTokens, model) !== undefined;
}

/** Where and when a model's price was read; undefined for a name that the table does not know. */
export function priceSeen(model: string): Seen | undefined {
  const { perMillionEmbedded, perMillionTokens, perMinute } = priceTable;
  const found =
    perMinute[model] ?? listed(perMillionTokens, model) ?? listed(perMillionEmbedded, model);
  return found && { source: found.source, checkedAt: found.checkedAt };
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
