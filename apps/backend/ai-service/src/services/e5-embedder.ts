import { join } from 'node:path';
import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from '@huggingface/transformers';
import type { Embedder } from './embeddings.ts';

const folder = 'e5-small-ptbr';
const dimension = 384;

/** Embeddings offline: multilingual E5 small, English and Portuguese vocabulary, 4 bit (models/README.md). */
export function createE5Embedder(modelsDir: string): Embedder {
  let loading: Promise<Loaded> | undefined;
  const loaded = () => {
    loading ??= load(join(modelsDir, folder));
    return loading;
  };
  return {
    model: 'e5-small-ptbr-q4',
    dimension,
    async start() {
      await loaded();
    },
    async embed(kind, texts) {
      if (texts.length === 0) return [];
      const { tokenizer, model } = await loaded();
      const inputs = tokenizer(
        texts.map((text) => `${kind}: ${text.trim()}`),
        { padding: true, truncation: true, max_length: 512 },
      );
      const { sentence_embedding: output } = await model({
        input_ids: inputs.input_ids,
        attention_mask: inputs.attention_mask,
      });
      const data: Float32Array = output.data;
      return texts.map((_, row) => data.slice(row * dimension, (row + 1) * dimension));
    },
    async stop() {
      if (!loading) return;
      const { model } = await loading;
      loading = undefined;
      await model.dispose();
    },
  };
}

interface Loaded {
  tokenizer: PreTrainedTokenizer;
  model: PreTrainedModel;
}

async function load(path: string): Promise<Loaded> {
  // Weights are part of the repository: a request to a model hub would be a leak and a surprise.
  env.allowRemoteModels = false;
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(path, { local_files_only: true }),
    AutoModel.from_pretrained(path, {
      local_files_only: true,
      dtype: 'q4',
      session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
    }),
  ]);
  return { tokenizer, model };
}
