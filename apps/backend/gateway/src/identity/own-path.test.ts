import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

const frontend = 'https://clinica.example';

describe('the page that a mail leads to', () => {
  it.each([
    ['https://clinica.example/recuperar-senha', '/recuperar-senha'],
    ['/recuperar-senha?x=1#y', '/recuperar-senha?x=1'],
    ['https://mal.example/recuperar-senha', null],
    ['//mal.example/x', null],
    ['https://clinica.example@mal.example/', null],
    ['javascript:alert(1)', null],
    ['\\\\mal.example', null],
    ['', null],
    [undefined, null],
  ])('is ours or the usual one: %s → %s', (asked, expected) => {
    expect(ownPath(asked, frontend)).toBe(expected);
  });
});
