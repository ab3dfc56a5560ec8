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

  it('play a room in person, as it is or made worse', () => {
    expect(parse().inPerson).toBeNull();
    expect(parse('--in-person').inPerson).toEqual({
      enrol: false,
      condition: { noiseDb: null, gain: 1, reverb: false },
    });
    const all = ['--in-person', '--enrol', '--noise-db', '15', '--gain', '0,5', '--reverb'];
    expect(parse(...all).inPerson).toEqual({
      enrol: true,
      condition: { noiseDb: 15, gain: 0.5, reverb: true },
    });
  });

  it.each([['--enrol'], ['--in-person', '--gain', '0'], ['--in-person', '--noise-db', 'alto']])(
    'refuse %j %j %j',
    (...args) => {
      expect(() => parse(...args)).toThrow(/--/);
    },
  );

  it('refuse what they do not know', () => {
    expect(() => parse('--velocidade', '2')).toThrow();
  });
});
