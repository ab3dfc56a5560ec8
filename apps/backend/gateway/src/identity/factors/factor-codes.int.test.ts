import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aDoctor, auditOf, gateway, mustWait, useFactorWorld } from '../../testing/factor-world.ts';
import {
  anApp,
  firstStep,
  secondStep,
  tokenOf,
  withTwoFactors,
} from '../../testing/second-factor.ts';
import { apiOf } from '../../testing/world.ts';

useFactorWorld();

describe('a code of an app', () => {
  it('accepts a code once, of this step or the next to it', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const show = async (code: string) => {
      const { error } = await client.auth.mfa.challengeAndVerify({ factorId: app.factorId, code });
      return error?.code ?? 'accepted';
    };
    expect(await show(app.code())).toBe('mfa_verification_failed');
    expect(await show(app.code(2))).toBe('mfa_verification_failed');
    expect(await show(app.code(1))).toBe('accepted');
    // Its own step has come meanwhile.
    gateway.clock.advance(30_000);
    expect(await show(app.code())).toBe('mfa_verification_failed');
    gateway.clock.advance(60_000);
    expect(await show(app.code(-1))).toBe('accepted');
    expect(await auditOf(doctor.sub)).toContain('factor.challenge_failed failed');
  });

  it('takes the code of either of two apps as one guess, whichever was asked', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const tablet = await anApp(gateway, client, 'Tablet');
    await secondStep(gateway, client, tablet);
    for (let time = 0; time < 6; time += 1) {
      gateway.clock.advance(30_000);
      const later = await firstStep(gateway, doctor);
      const { factorId } = app;
      const { error } = await later.auth.mfa.challengeAndVerify({ factorId, code: tablet.code() });
      expect(error).toBeNull();
    }
    // Once only, whichever app is asked.
    const last = await firstStep(gateway, doctor);
    const { factorId } = app;
    const spent = await last.auth.mfa.challengeAndVerify({ factorId, code: tablet.code() });
    expect(spent.error?.code).toBe('mfa_verification_failed');
    gateway.clock.advance(-6 * 30_000);
  });

  it('lets few of many guesses through that come at once, and the right code after the wait', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    gateway.clock.advance(30_000);
    const client = await firstStep(gateway, doctor);
    const { factorId } = app;
    const { data: asked } = await client.auth.mfa.challenge({ factorId });
    const token = await tokenOf(client);
    const guess = (code: string) =>
      apiOf(gateway, token, { 'X-Supabase-Api-Version': '2024-01-01' })(
        'POST',
        `/auth/v1/factors/${factorId}/verify`,
        { challenge_id: asked?.id, code },
      );
    const wrong = app.code() === '000000' ? '000001' : '000000';
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(wrong)));
    const codes = answers.map(({ body }) => body.code);
    const counted = codes.filter((code) => code === 'mfa_verification_failed').length;
    // Five are free; a slow machine may see the first wait of two seconds pass.
    expect(counted).toBeGreaterThanOrEqual(5);
    expect(counted).toBeLessThan(9);
    expect(codes.filter((code) => code === 'over_request_rate_limit')).toHaveLength(20 - counted);

    await mustWait(doctor.sub, 60_000);
    const limited = await guess(app.code());
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    // Another session of the same person has no guesses of its own.
    const second = await firstStep(gateway, doctor);
    const there = await second.auth.mfa.challengeAndVerify({ factorId, code: app.code() });
    expect(there.error?.status).toBe(429);

    gateway.clock.advance(61_000);
    expect((await guess(app.code())).status).toBe(200);
  });

  it('takes an answer to a living challenge of that factor only', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const { factorId } = app;
    gateway.clock.advance(30_000);
    const { data: old } = await client.auth.mfa.challenge({ factorId });
    gateway.clock.advance(5 * 60_000);
    const late = { factorId, challengeId: old?.id ?? '', code: app.code() };
    expect((await client.auth.mfa.verify(late)).error?.code).toBe('mfa_challenge_expired');
    const unknown = { ...late, challengeId: randomUUID() };
    expect((await client.auth.mfa.verify(unknown)).error?.code).toBe('mfa_factor_not_found');
    const { data: fresh } = await client.auth.mfa.challenge({ factorId });
    const right = { ...late, challengeId: fresh?.id ?? '' };
    expect((await client.auth.mfa.verify(right)).error).toBeNull();
    gateway.clock.advance(30_000);
    const again = { ...right, code: app.code() };
    expect((await client.auth.mfa.verify(again)).error?.code).toBe('mfa_ip_address_mismatch');
  });

  it("knows nobody else's factor", async () => {
    const { app } = await withTwoFactors(gateway, await aDoctor());
    const stranger = await firstStep(gateway, await aDoctor());
    const { factorId } = app;
    const { mfa } = stranger.auth;
    expect((await mfa.challenge({ factorId })).error).toMatchObject({
      status: 404,
      code: 'mfa_factor_not_found',
    });
    expect((await mfa.unenroll({ factorId })).error?.code).toBe('mfa_factor_not_found');
    expect((await mfa.unenroll({ factorId: 'x' })).error?.code).toBe('validation_failed');
  });
});
