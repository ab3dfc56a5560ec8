import type { TestConsultation, TestDoctor, World } from '@medcall/service-kit/testing/world';
import { type SuggestionsResponse, suggestionsResponse } from '@medcall/shared-types/suggestion';
import type { TestService } from './test-service.ts';

/** A consultation whose AI is allowed, with what is said in it. */
export interface TestRoom extends TestConsultation {
  says(speaker: 'MEDICO' | 'PACIENTE', text: string): Promise<string>;
  /** Questions for an utterance, as the realtime service asks for them. */
  ask(transcriptionId: string): Promise<SuggestionsResponse>;
}

export async function aTestRoom(
  world: World,
  service: TestService,
  doctor?: TestDoctor,
): Promise<TestRoom> {
  const consultation = await world.aConsultation({
    status: 'IN_PROGRESS',
    ...(doctor ? { doctor } : {}),
  });
  // A patient called "Paciente" would have the word masked wherever it is said.
  await world.query("update patients set name = 'Odete Sampaio' where id = $1", [
    consultation.patientId,
  ]);
  await world.aConsent(consultation, 'ai');
  let clockMs = 0;
  return {
    ...consultation,
    async says(speaker, text) {
      clockMs += 3000;
      const [row] = await world.query<{ id: string }>(
        `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
         values ($1, $2, $3, now(), $4, $5) returning id`,
        [consultation.roomId, speaker, text, clockMs, clockMs + 2500],
      );
      if (!row) throw new Error('no row');
      return row.id;
    },
    async ask(transcriptionId) {
      const token = await service.serviceToken(consultation.id, consultation.doctor.clinicaId);
      const { status, body } = await service.call('POST', '/api/suggestions', {
        token,
        body: { roomId: consultation.roomId, transcription: 'x', transcriptionId },
      });
      if (status !== 200) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
      return suggestionsResponse.parse(body);
    },
  };
}
