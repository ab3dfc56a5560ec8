import {
  AppError,
  inSpan,
  noRedirects,
  signServiceToken,
  traceHeaders,
} from '@medcall/service-kit';
import { type SuggestionsResponse, suggestionsResponse } from '@medcall/shared-types';

export interface SuggestionRequest {
  roomId: string;
  consultationId: string;
  clinicaId: string;
  transcriptionId: string;
  text: string;
}

/** The AI service as this service asks it. */
export interface AiClient {
  /** @throws AppError unavailable, ai_consent_required, … as the AI service answers */
  suggest(request: SuggestionRequest): Promise<SuggestionsResponse>;
}

const deadlineMs = 15_000;

/** Calls the AI service over HTTP with a service token (DESIGN decision 15). */
export function createAiClient(options: { baseUrl: string; secret: string }): AiClient {
  async function suggest(request: SuggestionRequest): Promise<SuggestionsResponse> {
    const token = await signServiceToken({
      secret: options.secret,
      from: 'realtime-service',
      to: 'ai-service',
      consultationId: request.consultationId,
      clinicaId: request.clinicaId,
    });
    const response = await fetch(new URL('/api/suggestions', options.baseUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        // No request caused it but an utterance: its id is what both services' logs have in common.
        'x-request-id': request.transcriptionId,
        ...traceHeaders(),
      },
      body: JSON.stringify({
        roomId: request.roomId,
        transcription: request.text,
        context: 'anamnese',
        transcriptionId: request.transcriptionId,
      }),
      ...noRedirects,
      signal: AbortSignal.timeout(deadlineMs),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', { cause });
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError(response.status === 409 ? 'ai_consent_required' : 'unavailable');
    }
    return suggestionsResponse.parse(await response.json());
  }
  return {
    suggest: (request) => inSpan({ name: 'suggestion', kind: 'client' }, () => suggest(request)),
  };
}
