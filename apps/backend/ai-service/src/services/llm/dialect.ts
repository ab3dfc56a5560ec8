import type { APIError } from 'openai';

/** What a server understands of the chat API. It is asked for the best and steps down as it refuses. */
export interface Dialect {
  format: 'json_schema' | 'json_object' | 'text';
  limit: 'max_tokens' | 'max_completion_tokens';
  /** Reasoning models take no temperature but their own. */
  temperature: boolean;
  /** Older servers know no usage figures in a stream. */
  streamUsage: boolean;
}

export const bestDialect: Dialect = {
  format: 'json_schema',
  limit: 'max_tokens',
  temperature: true,
  streamUsage: true,
};

/** The next dialect to try after a refusal; undefined when the refusal is about something else. */
export function stepDown(dialect: Dialect, error: APIError): Dialect | undefined {
  if (error.status !== 400 && error.status !== 422) return undefined;
  const about = `${error.param ?? ''} ${error.message}`;
  if (/response_format|json_schema|json_object/.test(about)) {
    if (dialect.format === 'text') return undefined;
    return { ...dialect, format: dialect.format === 'json_schema' ? 'json_object' : 'text' };
  }
  if (/stream_options|include_usage/.test(about) && dialect.streamUsage) {
    return { ...dialect, streamUsage: false };
  }
  if (/max_tokens/.test(about) && dialect.limit === 'max_tokens') {
    return { ...dialect, limit: 'max_completion_tokens' };
  }
  if (/temperature/.test(about) && dialect.temperature) {
    return { ...dialect, temperature: false };
  }
  return undefined;
}
