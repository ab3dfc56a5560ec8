import { expect, it } from 'vitest';
import { iceServersFor } from './ice-servers.ts';

const turn = { urls: 'turn:relay.example:3478, turns:relay.example:5349', secret: 'x'.repeat(16) };

it('gives a credential for two hours, made for one participant', () => {
  const [server] = iceServersFor(turn, 'p1', 1_000_000);
  expect(server?.urls).toEqual(['turn:relay.example:3478', 'turns:relay.example:5349']);
  expect(server?.username).toBe(`${1_000 + 2 * 3600}:p1`);
  const [other] = iceServersFor(turn, 'p2', 1_000_000);
  expect(other?.credential).not.toBe(server?.credential);
});

it('gives none where no relay is configured', () => {
  expect(iceServersFor({ urls: undefined, secret: 'x' }, 'p1', 0)).toEqual([]);
  expect(iceServersFor({ urls: 'turn:x', secret: undefined }, 'p1', 0)).toEqual([]);
});
