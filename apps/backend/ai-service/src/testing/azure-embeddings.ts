import type { FakeChatServer } from '../../../../../tests/fakes/openai-chat/fake-chat-server.ts';

/** Environment of a service whose embeddings come from a fake Azure, at five reais a dollar. */
export function azureEmbeddings({ apiKey, url }: FakeChatServer): Record<string, string> {
  return {
    EMBEDDING_PROVIDER: 'azure',
    AZURE_OPENAI_ENDPOINT: url,
    AZURE_OPENAI_API_KEY: apiKey,
    BRL_PER_USD: '5',
  };
}
