import { expect, it } from 'vitest';
import { searchInAddress } from './search-address.ts';

it('a name stands in the address; a CPF or a part of it does not', () => {
  expect(searchInAddress('Helena Prado')).toBe('Helena Prado');
  for (const search of ['529.982.247-25', '5299', 'Helena 529']) {
    expect(searchInAddress(search)).toBe('');
  }
});
