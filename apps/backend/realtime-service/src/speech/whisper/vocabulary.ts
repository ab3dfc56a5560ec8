import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

const generationConfigSchema = z.object({
  suppress_tokens: z.array(z.number().int().nonnegative()).default([]),
  lang_to_id: z.record(z.string(), z.number().int()),
  task_to_id: z.object({ transcribe: z.number().int() }),
  no_timestamps_token_id: z.number().int(),
  prev_sot_token_id: z.number().int(),
  decoder_start_token_id: z.number().int(),
  eos_token_id: z.number().int(),
});

/** Whisper's vocabulary: text to token ids and back, and the ids with a meaning of their own. */
export interface Vocabulary {
  readonly start: number;
  readonly end: number;
  readonly transcribe: number;
  readonly noTimestamps: number;
  readonly previous: number;
  /** Stands for “nobody speaks here”; undefined when the tokenizer does not name it. */
  readonly noSpeech: number | undefined;
  /** Ids that are never written: annotations, special tokens, timestamps start above the last. */
  readonly suppressed: readonly number[];
  language(code: string): number;
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Reads the vocabulary of a Whisper export. Throws when a file is missing or malformed. */
export async function loadVocabulary(folder: string): Promise<Vocabulary> {
  const [tokenizerJson, tokenizerConfig, generationJson] = await Promise.all([
    readJson(join(folder, 'tokenizer.json')),
    readJson(join(folder, 'tokenizer_config.json')),
    readJson(join(folder, 'generation_config.json')),
  ]);
  const config = generationConfigSchema.parse(generationJson);
  const tokenizer = new Tokenizer(
    z.record(z.string(), z.unknown()).parse(tokenizerJson),
    z.record(z.string(), z.unknown()).parse(tokenizerConfig),
  );
  // The token was renamed between releases of Whisper.
  const noSpeech = tokenizer.token_to_id('<|nospeech|>') ?? tokenizer.token_to_id('<|nocaptions|>');
  return {
    start: config.decoder_start_token_id,
    end: config.eos_token_id,
    transcribe: config.task_to_id.transcribe,
    noTimestamps: config.no_timestamps_token_id,
    previous: config.prev_sot_token_id,
    noSpeech,
    suppressed: config.suppress_tokens,
    language: (code) => {
      const id = config.lang_to_id[`<|${code}|>`];
      if (id === undefined) throw new RangeError(`Whisper has no language ${code}`);
      return id;
    },
    encode: (text) => [...tokenizer.encode(text, { add_special_tokens: false }).ids],
    decode: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true }).trim(),
  };
}
