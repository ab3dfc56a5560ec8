import type { World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openStage, type Stage } from '../testing/stage.ts';
import type { TestService } from '../testing/test-service.ts';
import { withoutWeights } from '../testing/without-weights.ts';

// The three requests of ARQUITETURA.md §3.3 as they are written there, with Authorization.

let stage: Stage;
let world: World;
let service: TestService;

beforeAll(async () => {
  stage = await openStage({ embedder: withoutWeights });
  ({ world, service } = stage);
});
afterAll(() => stage?.close());

it.each(['anamnese', 'consulta'])(
  'POST /api/suggestions { roomId, transcription, context: %s } gives suggestions as texts',
  async (context) => {
    const room = await world.aConsultation({ status: 'IN_PROGRESS' });
    await world.aConsent(room, 'ai');
    const { status, body } = await service.call('POST', '/api/suggestions', {
      token: await service.tokens.forDoctor(room.doctor),
      body: {
        roomId: room.roomId,
        transcription: 'Doutor, estou com dor de cabeça forte e febre há três dias.',
        context,
      },
    });
    expect(status).toBe(200);
    const { suggestions } = z.object({ suggestions: z.array(z.string()).min(1) }).parse(body);
    expect(suggestions[0]).toMatch(/\?$/);
  },
);

it.each(['whisper', 'gpt'])(
  'POST /api/ai-pricing { consultation_id, service: %s, tokens, cost } is booked',
  async (name) => {
    const consultation = await world.aConsultation();
    const { status, body } = await service.call('POST', '/api/ai-pricing', {
      token: await service.serviceToken(consultation.id, consultation.doctor.clinicaId),
      body: { consultation_id: consultation.id, service: name, tokens: 1500, cost: 0.003 },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      consultation_id: consultation.id,
      service: name === 'gpt' ? 'gpt-4o' : name,
      tokens: 1500,
      cost: '0.003000',
    });
  },
);

it('GET /api/ai-pricing/stats?period=month gives the totals of the month', async () => {
  const consultation = await world.aConsultation();
  await service.call('POST', '/api/ai-pricing', {
    token: await service.serviceToken(consultation.id, consultation.doctor.clinicaId),
    body: { consultation_id: consultation.id, service: 'whisper', tokens: 1500, cost: 0.003 },
  });
  const { status, body } = await service.call('GET', '/api/ai-pricing/stats?period=month', {
    token: await service.tokens.forDoctor(consultation.doctor),
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ period: 'month', totalBrl: '0.003' });
});

it('none of them is answered without Authorization', async () => {
  const answers = await Promise.all([
    service.call('POST', '/api/suggestions', { body: { roomId: 'x', transcription: 'x' } }),
    service.call('POST', '/api/ai-pricing', { body: { service: 'gpt', cost: 1 } }),
    service.call('GET', '/api/ai-pricing/stats?period=month'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
});
