/**
 * `npm run retranscribe -- --room X`: derives the transcript of a consultation that is over from its audio
 * log once more, with the engine that is configured now.
 */
import { parseArgs } from 'node:util';
import { readEnv } from '@medcall/service-kit';
import { retranscriptionFailureMessages } from '@medcall/shared-types';
import { realtimeEnv } from '../apps/backend/realtime-service/src/config/env.ts';
import { createContainer } from '../apps/backend/realtime-service/src/container.ts';
import { retranscribeRoom } from '../apps/backend/realtime-service/src/retranscribe.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';
import { givenSecrets, readOrMakeSecrets } from './lib/system/secrets.ts';
import { environmentOf } from './lib/system/service-environment.ts';
import { readSettings } from './lib/system/settings.ts';
import { usePostgres } from './lib/system/shared-postgres.ts';

runScript(async () => {
  const { values } = parseArgs({ options: { room: { type: 'string' } } });
  if (!values.room) throw new Error('Diga qual sala: npm run retranscribe -- --room <sala>');
  loadEnvFile();
  const settings = readSettings(process.env);
  const postgres = process.env.DATABASE_URL ? undefined : await usePostgres(settings.dataDir);
  const env = environmentOf(
    'realtime-service',
    {
      settings,
      secrets: givenSecrets(process.env) ?? (await readOrMakeSecrets(settings.dataDir)),
      databaseUrl: postgres?.appUrl ?? process.env.DATABASE_URL ?? '',
      demo: false,
      production: false,
    },
    { LOG_LEVEL: 'warn', ...process.env },
  );
  const container = createContainer(readEnv(realtimeEnv, env));
  try {
    const [vadFactory, correct, embedder] = await Promise.all([
      container.loadVad(),
      container.loadCorrection(),
      container.loadEmbedder(),
      container.engine.start(),
    ]);
    const speech = { vadFactory, correct, embedder };
    const result = await retranscribeRoom(container, speech, values.room);
    if (result.outcome !== 'done') throw new Error(whyNot(result.outcome));
    const { added, changed, joined, kept, rows, streams } = result;
    process.stdout.write(
      `${rows} falas de ${streams} gravações: ${added} novas, ${changed} com outro texto, ${joined} juntadas a outras, ${kept} corrigidas à mão e mantidas, o resto como estava.\n`,
    );
  } finally {
    await container.engine.stop();
    await container.audioLog.stop();
    await container.close();
    await postgres?.release();
  }
});

type Outcome = Awaited<ReturnType<typeof retranscribeRoom>>['outcome'];

function whyNot(outcome: Exclude<Outcome, 'done'>): string {
  switch (outcome) {
    case 'unknown_room':
      return 'Não há consulta com essa sala.';
    case 'cancelled':
      return 'A nova transcrição foi cancelada; o que está transcrito fica como está.';
    case 'failed':
      return 'A nova transcrição não terminou; o que está transcrito fica como está.';
    default:
      return retranscriptionFailureMessages[outcome];
  }
}
