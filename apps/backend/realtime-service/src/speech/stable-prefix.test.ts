import { expect, it } from 'vitest';
import { StablePrefix } from './stable-prefix.ts';

it('keeps words on which two hypotheses agreed, whatever later ones say', () => {
  const prefix = new StablePrefix();
  expect(prefix.next('Boa tarde seu carro')).toBe('Boa tarde seu carro');
  expect(prefix.next('Boa tarde, seu Carlos sou')).toBe('Boa tarde, seu Carlos sou');
  expect(prefix.next('Voa tarde sou Carlos, sou a doutora')).toBe(
    'Boa tarde, seu Carlos, sou a doutora',
  );
});

it('never gets shorter than what was agreed', () => {
  const prefix = new StablePrefix();
  prefix.next('dor no peito');
  prefix.next('dor no peito');
  expect(prefix.next('dor')).toBe('dor no peito');
});
