import { describe, expect, it } from 'vitest';
import { readTestHooks } from './test-hooks.ts';

describe('test hooks', () => {
  it('are not there unless somebody asks for them', () => {
    expect(readTestHooks({})).toBeNull();
    expect(readTestHooks({ NODE_ENV: 'production' })).toBeNull();
  });

  it('stop a production service before it starts', () => {
    for (const hook of [{ MEDCALL_TEST_HOOKS: '1' }, { MEDCALL_TEST_DECODER: '/x.ts' }]) {
      expect(() => readTestHooks({ NODE_ENV: 'production', ...hook })).toThrow(/MEDCALL_TEST_/);
    }
  });

  it('exchange the decoder only together with the switch', () => {
    expect(() => readTestHooks({ MEDCALL_TEST_DECODER: '/x.ts' })).toThrow(/MEDCALL_TEST_/);
    expect(readTestHooks({ MEDCALL_TEST_HOOKS: '1', MEDCALL_TEST_DECODER: '/x.ts' })).toEqual({
      decoderScript: '/x.ts',
    });
  });
});
