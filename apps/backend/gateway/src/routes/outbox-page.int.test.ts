import { afterAll, beforeAll, expect, it } from 'vitest';
import { drainJobs } from '../testing/drain-jobs.ts';
import { type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aGateway } from '../testing/world.ts';

let world: TwoClinics;
beforeAll(async () => {
  world = await twoClinics({
    MEDCALL_DEMO: '1',
    RESEND_API_KEY: 'key',
    WEBHOOK_ALLOW_LOOPBACK: '1',
  });
});
afterAll(() => world.gateway.stop());

it('shows on a laptop what would have been sent, with a link that works, though a vendor has a key', async () => {
  await world.gateway.database.database.asSystem('test', (trx) =>
    trx
      .updateTable('patients')
      .set({ email: 'joao@paciente.test', phone: '(11) 98888-7777' })
      .where('id', '=', world.joao.id)
      .execute(),
  );
  const { id } = await world.aConsultation();
  const made = await world.doctor('POST', '/api/invitations', {
    consultationId: id,
    send: ['email', 'sms'],
  });
  await drainJobs(world.gateway);
  const page = await world.nobody('GET', '/caixa-de-saida');
  expect(page.status).toBe(200);
  expect(page.text).toContain('joao@paciente.test');
  expect(page.text).toContain('+5511988887777');
  expect(page.text).toContain(`href="${made.body.url}"`);
});

it('is not there without demonstration data', async () => {
  const gateway = await aGateway();
  expect((await fetch(`${gateway.url}/caixa-de-saida`)).status).toBe(404);
  await gateway.stop();
});
