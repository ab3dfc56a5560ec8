import { expect, it } from 'vitest';
import { readGoogleReturn } from './google-answer.ts';

it('reads what Google said out of the fragment', () => {
  expect(readGoogleReturn('#state=s&code=4%2F0Ab')).toEqual({ state: 's', code: '4/0Ab' });
  expect(readGoogleReturn('#state=s&error=access_denied')).toEqual({
    state: 's',
    error: 'access_denied',
  });
});

it.each(['', '#', '#code=x', `#state=${'s'.repeat(201)}`])('takes %j for nothing', (hash) => {
  expect(readGoogleReturn(hash)).toBeNull();
});
