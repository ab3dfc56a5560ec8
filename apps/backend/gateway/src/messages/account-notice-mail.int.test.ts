import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { withTwoFactors } from '../testing/second-factor.ts';
import { aClinic, aGateway, type TestGateway } from '../testing/world.ts';

let gateway: TestGateway;
let resend: FakeResend;

beforeAll(async () => {
  resend = await startFakeResend();
  gateway = await aGateway({
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'MedCall <nao-responda@medcall.test>',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await resend?.close();
});

it('tells a person once that a second factor was added, and once that it was removed', async () => {
  const { doctor } = await aClinic(gateway);
  const mails = () => resend.sent.filter(({ to }) => to.includes(doctor.email));
  const { app, client } = await withTwoFactors(gateway, doctor);
  await drainJobs(gateway, { only: ['identity.notice'] });
  await drainJobs(gateway, { only: ['identity.notice'] });
  expect(mails().map(({ subject }) => subject)).toEqual([
    'Verificação em duas etapas ativada · MedCall',
  ]);
  expect(mails()[0]?.text).toMatch(
    /foi ativada na sua conta\. Isso aconteceu em \d\d\/\d\d\/\d{4} às/,
  );
  expect(mails()[0]?.text).toContain('http://frontend.test/configuracoes');
  // Nothing that opens anything travels by mail.
  expect(JSON.stringify(mails())).not.toContain(app.secret);

  await client.auth.mfa.unenroll({ factorId: app.factorId });
  await drainJobs(gateway, { only: ['identity.notice'] });
  expect(mails().map(({ subject }) => subject)).toEqual([
    'Verificação em duas etapas ativada · MedCall',
    'Verificação em duas etapas desativada · MedCall',
  ]);
});
