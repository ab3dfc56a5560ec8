import { parseArgs } from 'node:util';

export interface EvalOptions {
  audio: string[];
  json: string | null;
  /** Worse rooms than that of the recording are heard too. */
  otherRooms: boolean;
}

export const usage = `Uso: npm run eval -- [--audio PASTA]… [--json ARQUIVO] [--one-room]

Mede a transcrição sobre consultas gravadas, ao vivo em relógio simulado: erros de palavra (brutos e
normalizados) do primeiro texto final e da última revisão, os mesmos turnos decodificados um a um,
remédios e doses, palavras inventadas onde ninguém fala, atraso e falantes.

  --audio PASTA   pasta com medico.wav, paciente.wav e reference.json, ou pasta de tais pastas;
                  pasta só com WAV conta como som sem fala (padrão: tests/fixtures/audio)
  --json ARQUIVO  grava também o relatório completo
  --one-room      no presencial, só a sala como foi gravada; sem a opção, também com ruído a 15 dB,
                  metade do ganho e mais reverberação, depois do relatório

O motor vem do ambiente, como no serviço: STT_PROVIDER=embedded (padrão), openai (OPENAI_BASE_URL,
OPENAI_API_KEY, OPENAI_STT_MODEL) ou azure (AZURE_OPENAI_…). Áudio enviado a um motor externo sai
desta máquina.`;

/** @throws TypeError naming an option that does not exist */
export function parseEvalOptions(args: readonly string[]): EvalOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      audio: { type: 'string', multiple: true, default: ['tests/fixtures/audio'] },
      json: { type: 'string' },
      'one-room': { type: 'boolean', default: false },
    },
  });
  return { audio: values.audio, json: values.json ?? null, otherRooms: !values['one-room'] };
}
