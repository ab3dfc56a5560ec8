import { describe, expect, it } from 'vitest';
import { readSettings } from '../system/settings.ts';
import { parseDemoOptions } from './options.ts';

const settings = readSettings({ PORT_GATEWAY: '4001' });
const parse = (...args: string[]) => parseDemoOptions(args, settings);

describe('the options of the demonstration', () => {
  it('play the first dialogue into the system of this machine by default', () => {
    expect(parse()).toMatchObject({
      gateway: 'http://localhost:4001',
      auth: 'http://localhost:4001',
      realtime: undefined,
      speed: 1,
      audio: ['tests/fixtures/audio/dor-toracica'],
    });
  });

  it('take several dialogues and another installation', () => {
    const options = parse('--audio', 'a', '--audio', 'b', '--gateway', 'https://x.example/');
    expect(options.audio).toEqual(['a', 'b']);
    expect(options.gateway).toBe('https://x.example');
    expect(options.auth).toBe('https://x.example');
  });

  it('take a speed with a decimal comma', () => {
    expect(parse('--speed', '2,5').speed).toBe(2.5);
  });

  it.each(['0', '-1', '11', 'rápido', ''])('refuse the speed %j', (speed) => {
    expect(() => parse(`--speed=${speed}`)).toThrow(/--speed/);
  });

  it('refuse what they do not know', () => {
    expect(() => parse('--velocidade', '2')).toThrow();
  });
});
