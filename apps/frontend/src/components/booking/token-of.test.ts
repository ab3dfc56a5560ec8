import { expect, it } from 'vitest';
import { tokenOf } from './token-of.ts';

it.each([
  ['https://clinica.example/agendar/aurora#reserva=abc_-1', 'abc_-1'],
  // In the query it would stand in logs: such a link is not made, and not taken.
  ['https://clinica.example/agendar/aurora?reserva=abc', null],
  ['https://clinica.example/agendar/aurora', null],
  ['no address', null],
])('of %s the token is %s', (address, token) => {
  expect(tokenOf(address)).toBe(token);
});
