import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareAnswers } from './compare-answers.ts';
import { routeName } from './route-name.ts';
import { type SeenAnswer, unpacked } from './tee-answer.ts';

const json = (value: unknown, status = 200): SeenAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: Buffer.from(JSON.stringify(value)),
});
const differ = (theirs: unknown, ours: unknown, ignore: string[] = []) =>
  compareAnswers(json(theirs), json(ours), ignore);

describe('two answers', () => {
  it.each([
    ['the same in another order of keys', { a: 1, b: [1] }, { b: [1], a: 1 }, []],
    ['another value', { a: { b: 'x' } }, { a: { b: 'y' } }, ['value $.a.b']],
    ['another type', { a: null }, { a: 'x' }, ['type $.a']],
    ['a number as text', { a: 1 }, { a: '1' }, ['type $.a']],
    ['only there', { a: 1, b: 2 }, { a: 1 }, ['only_monolith $.b']],
    ['only here', { a: 1 }, { a: 1, b: null }, ['only_services $.b']],
    [
      'a longer list, its places once',
      [{ x: 1 }, { x: 1 }],
      [{ x: 2 }, { x: 2 }, { x: 2 }],
      ['length $', 'value $[].x'],
    ],
    ['keys that are somebody', { 'ana@x.com': 1 }, { 'ana@x.com': 2 }, ['value $.*']],
  ])('%s', (_what, theirs, ours, expected) => {
    expect(differ(theirs, ours)?.map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
  });

  it('differ in their status before anything else', () => {
    expect(compareAnswers(json({ a: 1 }), json({ a: 2 }, 404), [])).toEqual([
      { path: '$', kind: 'status' },
    ]);
  });

  it('one that is no JSON, or is cut off, is told as such; two that are none are not compared', () => {
    const html = { status: 200, type: 'text/html', body: Buffer.from('<p>') };
    const cut = { ...json({ a: 1 }), body: Buffer.from('{"a":') };
    expect(compareAnswers(html, json({}), [])).toEqual([{ path: '$', kind: 'not_json' }]);
    expect(compareAnswers(json({ a: 1 }), cut, [])).toEqual([{ path: '$', kind: 'not_json' }]);
    expect(compareAnswers(html, html, [])).toBeNull();
  });

  it.each([
    ['a path and what is below it', ['$.a'], ['value $.b[].d']],
    ['in each item of a list', ['$.b[].d'], ['value $.a.c']],
    ['any key', ['$.*.c'], ['value $.b[].d']],
    ['all of them', ['$.a', '$.b'], []],
    ['no other path that begins alike', ['$.ab'], ['value $.a.c', 'value $.b[].d']],
  ])('ignore %s', (_what, ignore, expected) => {
    const of = (value: number) => ({ a: { c: value }, b: [{ d: value }] });
    expect(differ(of(1), of(2), ignore)?.map(({ kind, path }) => `${kind} ${path}`)).toEqual(
      expected,
    );
  });

  it('stop counting at fifty places', () => {
    const of = (value: number) =>
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, value]));
    expect(differ(of(1), of(2))).toHaveLength(50);
  });
});

describe('a packed body', () => {
  it('is unpacked up to a limit', () => {
    const packed = gzipSync(Buffer.from('{"a":1}'));
    expect(unpacked(packed, 'gzip', 100)?.toString()).toBe('{"a":1}');
    expect(unpacked(gzipSync(Buffer.alloc(5000)), 'gzip', 100)).toBeNull();
    expect(unpacked(packed, 'zstd', 100)).toBeNull();
    expect(unpacked(Buffer.from('not packed'), 'gzip', 100)).toBeNull();
  });
});

describe('the name of a route', () => {
  it.each([
    ['/api/patients/0b6d', '/api/patients/:id'],
    ['/api/patients/duplicates', '/api/patients/duplicates'],
    ['/api/patients/maria/of-long-ago', '/api/patients/…'],
  ])('of %s is %s', (path, name) => {
    expect(routeName(path, '/api/patients')).toBe(name);
  });
});
