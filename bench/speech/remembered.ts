import { createHash } from 'node:crypto';
import type { WhisperEngine } from '../../apps/backend/realtime-service/src/speech/whisper/whisper-engine.ts';

/** Decodes each sound once: for comparisons of texts, where time does not count. */
export function remembered(whisper: WhisperEngine): WhisperEngine {
  const known = new Map<string, ReturnType<WhisperEngine['transcribe']>>();
  return {
    name: whisper.name,
    release: () => whisper.release(),
    transcribe(request) {
      const { buffer, byteLength, byteOffset } = request.pcm;
      const key = createHash('sha1')
        .update(`${request.effort} ${request.language} ${request.prompt ?? ''} `)
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex');
      const answer = known.get(key) ?? whisper.transcribe(request);
      known.set(key, answer);
      return answer;
    },
  };
}
