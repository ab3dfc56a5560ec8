import { describe, expect, it } from 'vitest';
import { readMailedLink } from './mailed-link.ts';

const token = 'k'.repeat(43);

describe('a link of a mail', () => {
  it('is read from the fragment or the query, ours and the hosted one', () => {
    const ours = { form: 'hash', kind: 'recovery', tokenHash: token };
    expect(readMailedLink({ hash: `#type=recovery&token_hash=${token}`, search: '' })).toEqual(
      ours,
    );
    expect(readMailedLink({ hash: '', search: `?token_hash=${token}&type=recovery` })).toEqual(
      ours,
    );
    expect(
      readMailedLink({ hash: `#access_token=${token}&refresh_token=r&type=invite`, search: '' }),
    ).toEqual({ form: 'session', kind: 'invite', accessToken: token, refreshToken: 'r' });
  });

  it('is not there, or over', () => {
    expect(readMailedLink({ hash: '', search: '' })).toBeNull();
    expect(readMailedLink({ hash: '#error_code=otp_expired', search: '' })).toBe('expired');
  });

  it('is over where the mail program cut it off, rather than not there', () => {
    for (const hash of [
      `#type=other&token_hash=${token}`,
      '#type=recovery&token_hash=kkkk',
      `#token_hash=${token}`,
      `#type=recovery&access_token=${token}`,
    ]) {
      expect(readMailedLink({ hash, search: '' }), hash).toBe('expired');
    }
  });
});
