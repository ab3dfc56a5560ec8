import { decodeJwt } from 'jose';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aDoctor,
  auditOf,
  gateway,
  mustWait,
  noticesOf,
  rows,
  useFactorWorld,
} from '../../testing/factor-world.ts';
import { firstStep, secondStep, withTwoFactors } from '../../testing/second-factor.ts';

useFactorWorld();

describe('recovery codes', () => {
  it('are made with two factors, shown once, counted, and stored as slow hashes', async () => {
    const doctor = await aDoctor();
    const single = await firstStep(gateway, doctor);
    const early = await single.auth.mfa.recoveryCodes.generate();
    expect(early.error).toMatchObject({ status: 403, code: 'insufficient_aal' });
    const { client } = await withTwoFactors(gateway, doctor);
    const { recoveryCodes } = client.auth.mfa;
    expect((await recoveryCodes.getStatus()).error).toMatchObject({
      status: 404,
      code: 'mfa_factor_not_found',
    });
    const { data } = await recoveryCodes.generate();
    expect(data).toMatchObject({ type: 'recovery_code', total: 10 });
    expect(data?.codes).toHaveLength(10);
    expect((await recoveryCodes.getStatus()).data).toEqual({
      id: data?.id,
      type: 'recovery_code',
      total: 10,
      remaining: 10,
    });
    expect((await recoveryCodes.generate()).error?.code).toBe('mfa_verified_factor_exists');
    const stored = await rows(sql<{ code_hash: string }>`
      select c.code_hash from auth_embedded.recovery_codes c
      join auth_embedded.mfa_factors f on f.id = c.factor_id where f.user_id = ${doctor.sub}`);
    expect(stored).toHaveLength(10);
    for (const { code_hash } of stored) expect(code_hash).toMatch(/^scrypt\$32768\$/);
  });

  it('each raise a session once, however they are typed', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const codes = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const typed = codes[3]?.toUpperCase().replace(/(.{4})(?=.)/g, '$1-') ?? '';
    const elsewhere = await firstStep(gateway, doctor);
    const { data } = await elsewhere.auth.mfa.recoveryCodes.verify({ code: typed });
    expect(decodeJwt(data?.access_token ?? '')).toMatchObject({
      aal: 'aal2',
      amr: [{ method: 'mfa/recovery_code' }, { method: 'password' }],
    });
    const third = await firstStep(gateway, doctor);
    const again = await third.auth.mfa.recoveryCodes.verify({ code: typed });
    expect(again.error).toMatchObject({ status: 422, code: 'mfa_verification_failed' });
    expect((await client.auth.mfa.recoveryCodes.getStatus()).data?.remaining).toBe(9);
    expect(await auditOf(doctor.sub)).toEqual(
      expect.arrayContaining(['factor.recovery_used ok', 'factor.challenge_failed failed']),
    );
    expect(await noticesOf(doctor.sub)).toContain('recovery_code_used');
  });

  it('are spent by one of two who show the same one at once', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const [code = ''] = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const two = [await firstStep(gateway, doctor), await firstStep(gateway, doctor)];
    const answers = await Promise.all(two.map((c) => c.auth.mfa.recoveryCodes.verify({ code })));
    // The loser's session may have ended by the winner's, or its code is spent.
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
  });

  it('give a new set that ends the old one, and go when the person says so', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const { recoveryCodes } = client.auth.mfa;
    const old = (await recoveryCodes.generate()).data;
    const fresh = (await recoveryCodes.regenerate()).data;
    expect(fresh?.id).toBe(old?.id);
    expect(fresh?.codes).not.toEqual(old?.codes);
    const elsewhere = await firstStep(gateway, doctor);
    const [gone = ''] = old?.codes ?? [];
    expect((await elsewhere.auth.mfa.recoveryCodes.verify({ code: gone })).error?.code).toBe(
      'mfa_verification_failed',
    );
    expect((await recoveryCodes.unenroll()).data).toEqual({ id: old?.id });
    expect((await recoveryCodes.getStatus()).error?.code).toBe('mfa_factor_not_found');
  });

  it('are counted for the session: wrong ones of somebody else hold the owner out of nothing', async () => {
    const doctor = await aDoctor();
    const { client: raised } = await withTwoFactors(gateway, doctor);
    const made = await raised.auth.mfa.recoveryCodes.generate();
    const [code = '', other = ''] = made.data?.codes ?? [];
    const client = await firstStep(gateway, doctor);
    const guess = () => client.auth.mfa.recoveryCodes.verify({ code: 'aaaabbbbccccdddd' });
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect((await guess()).error?.code).toBe('mfa_verification_failed');
    }
    expect((await guess()).error).toMatchObject({ status: 429, code: 'mfa_recovery_codes_locked' });
    // Wrong codes of somebody who has the password hold the owner out of nothing,
    // and wrong codes of the app do not close this way either.
    const owner = await firstStep(gateway, doctor);
    expect((await owner.auth.mfa.recoveryCodes.verify({ code })).error).toBeNull();
    await mustWait(doctor.sub, 60_000);
    const again = await firstStep(gateway, doctor);
    const second = await again.auth.mfa.recoveryCodes.verify({ code: other });
    expect(second.error).toBeNull();
  });

  it('do not count against the app when they are wrong', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    const client = await firstStep(gateway, doctor);
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await client.auth.mfa.recoveryCodes.verify({ code: 'aaaabbbbccccdddd' });
    }
    await secondStep(gateway, client, app);
  });

  it('lead to the account with the password of the person alone', async () => {
    const doctor = await aDoctor();
    const stranger = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const [code = ''] = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const other = await firstStep(gateway, stranger);
    const { error } = await other.auth.mfa.recoveryCodes.verify({ code });
    expect(error?.code).toBe('mfa_verification_failed');
  });
});
