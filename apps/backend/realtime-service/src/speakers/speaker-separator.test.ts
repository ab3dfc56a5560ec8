import { describe, expect, it } from 'vitest';
import type { SpeakerLabel } from './correction.ts';
import { enrolVoice } from './enrolment.ts';
import type { RememberedPiece } from './piece.ts';
import {
  createSpeakerSeparator,
  type SeparatorOptions,
  type SpeakerSeparator,
} from './speaker-separator.ts';
import { aVoice, joined, MAN, silence, WOMAN } from './voice.fixture.ts';
import { createMfccEmbedder } from './voice-features.ts';

const embedder = createMfccEmbedder();

interface Said {
  readonly id: string;
  readonly who: 'man' | 'woman';
  readonly text?: string;
}

const turns = (order: string, texts: Record<number, string> = {}): Said[] =>
  [...order].map((letter, i) => ({
    id: `p${i}`,
    who: letter === 'm' ? 'man' : 'woman',
    ...(texts[i] !== undefined && { text: texts[i] }),
  }));

const pcmOf = (said: Said) =>
  aVoice({
    ...(said.who === 'man' ? MAN : WOMAN),
    seconds: 2.5,
    seed: 3 + Number(said.id.slice(1)),
  });

/** What the screen shows after all revisions. */
class Screen {
  readonly labels = new Map<string, SpeakerLabel>();
  readonly separator: SpeakerSeparator;

  constructor(separator: SpeakerSeparator) {
    this.separator = separator;
  }

  show(revisions: readonly { id: string; label: SpeakerLabel }[]) {
    for (const { id, label } of revisions) this.labels.set(id, label);
    return revisions.map(({ id }) => id);
  }

  async say(all: readonly Said[]) {
    for (const said of all) {
      const startMs = Number(said.id.slice(1)) * 4_000;
      const { label, revisions } = await this.separator.add({
        id: said.id,
        startMs,
        endMs: startMs + 2_500,
        pcm: pcmOf(said),
        ...(said.text !== undefined && { text: said.text }),
      });
      this.labels.set(said.id, label);
      this.show(revisions);
    }
    return this;
  }

  line() {
    return [...this.labels.values()].map((label) => label[0]).join('');
  }
}

const screen = (options: Partial<SeparatorOptions> = {}) =>
  new Screen(createSpeakerSeparator({ embedder, ...options }));

async function enrolled(shape: { pitch: number; tract: number }) {
  const reading = joined(silence(0.5), aVoice({ ...shape, seconds: 6, seed: 99 }), silence(0.5));
  const enrolment = await enrolVoice(reading, embedder);
  if (!enrolment.ok) throw new Error(enrolment.problems.join());
  return enrolment.profile;
}

describe('two people on one microphone', () => {
  it('tells them apart', async () => {
    const shown = await screen().say(turns('mwmwwmmw'));
    expect(shown.line()).toBe('MPMPPMMP');
  });

  it('calls the enrolled voice the doctor, whoever speaks first', async () => {
    const profile = await enrolled(WOMAN);
    const shown = await screen({ enrolled: profile }).say(turns('mwmw'));
    expect(shown.line()).toBe('PMPM');
  });

  it('says that the names are a guess until something speaks for them', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    const next = { id: 'x', startMs: 50_000, endMs: 52_500, pcm: pcmOf({ id: 'p9', who: 'man' }) };
    const answer = await separator.add(next);
    expect(answer).toMatchObject({ voice: 'A', tentative: true });
    expect(answer.confidence).toBeLessThan(0.6);

    const known = await screen({ enrolled: await enrolled(MAN) }).say(turns('mwmw'));
    const certain = await known.separator.add(next);
    expect(certain.tentative).toBe(false);
    expect(certain.confidence).toBeGreaterThan(0.9);
  });

  it('guesses at whoever still speaks, also where a row would be nobody’s', async () => {
    // Nothing is ever this certain: every row stays without a name.
    const doubting = screen({ clustering: { leastCertainty: 0.999_999_9 } });
    const { separator } = await doubting.say(turns('mwmwmw'));
    const next = { id: 'p6', who: 'man' } as const;
    expect(await separator.guess(pcmOf(next))).toBe('MEDICO');
    const row = await separator.add({
      id: next.id,
      startMs: 60_000,
      endMs: 62_500,
      pcm: pcmOf(next),
    });
    expect(row.label).toBe('UNKNOWN');
  });

  it('names nobody without evidence when told so', async () => {
    const shown = await screen({ nameTentatively: false }).say(turns('mwmw'));
    expect(shown.line()).toBe('UUUU');
    const ids = shown.show(shown.separator.correct('p0', 'PACIENTE'));
    expect(ids).toEqual(['p0', 'p1', 'p2', 'p3']);
    expect(shown.line()).toBe('PMPM');
  });

  it('turns the names round when the words say so, and tells which rows changed', async () => {
    const roleCue = (text: string) => (text.includes('?') ? 1 : -1);
    const shown = await screen({ roleCue }).say(turns('mwm'));
    expect(shown.line()).toBe('MPM');
    shown.show(shown.separator.setText('p1', 'Onde dói?'));
    expect(shown.show(shown.separator.setText('p0', 'Dói aqui.'))).toEqual([]);
    expect(shown.line()).toBe('PMP');
  });

  it('does not answer twice for one id', async () => {
    const shown = await screen().say(turns('mwmw'));
    const next = await shown.separator.add({
      id: 'p0',
      startMs: 90_000,
      endMs: 92_500,
      pcm: pcmOf({ id: 'p9', who: 'woman' }),
    });
    expect(next).toMatchObject({ label: 'MEDICO', revisions: [] });
  });

  it('gives the same labels in whatever order texts, clicks and pieces come', async () => {
    const roleCue = (text: string) => (text.includes('?') ? 1 : -1);
    const said = turns('mwwmmw', { 1: 'Onde dói?', 3: 'Aqui.' });
    const one = await screen({ roleCue }).say(said);
    one.show(one.separator.correct('p2', 'MEDICO'));
    const other = await screen({ roleCue }).say(
      said.slice(0, 3).map(({ id, who }) => ({ id, who })),
    );
    other.show(other.separator.correct('p2', 'MEDICO'));
    await other.say(said.slice(3).toReversed());
    other.show(other.separator.setText('p1', 'Onde dói?'));
    expect([...other.labels].sort()).toEqual([...one.labels].sort());
  });

  it('knows that nothing is known of an id', () => {
    expect(() => screen().separator.correct('nobody', 'MEDICO')).toThrow(RangeError);
  });
});

describe('a click', () => {
  it('renames both voices while the names were a guess', async () => {
    const shown = await screen().say(turns('mwmw'));
    const changed = shown.show(shown.separator.correct('p0', 'PACIENTE'));
    expect(changed).toEqual(['p0', 'p1', 'p2', 'p3']);
    expect(shown.line()).toBe('PMPM');
  });

  it('is about the one sentence when the names are certain', async () => {
    const shown = await screen({ enrolled: await enrolled(MAN) }).say(turns('mwmwmw'));
    expect(shown.show(shown.separator.correct('p2', 'PACIENTE'))).toEqual(['p2']);
    expect(shown.line()).toBe('MPPPMP');
  });

  it('never turns back, whatever is heard afterwards', async () => {
    const shown = await screen({ enrolled: await enrolled(MAN) }).say(turns('mwmw'));
    shown.show(shown.separator.correct('p2', 'PACIENTE'));
    const later = turns('mwmwmwmwmwmw').slice(4);
    await shown.say(later);
    expect(shown.labels.get('p2')).toBe('PACIENTE');
    expect(shown.line()).toBe('MPPPMPMPMPMP');
  });

  it('keeps a third person out of both voices', async () => {
    const shown = await screen().say(turns('mwmw'));
    shown.show(shown.separator.correct('p3', 'UNKNOWN'));
    expect(shown.line()).toBe('MPMU');
  });
});

describe('a restart', () => {
  it('goes on as if nothing had happened, clicks included', async () => {
    const whole = await screen().say(turns('mwmw'));
    whole.show(whole.separator.correct('p0', 'PACIENTE'));
    const remembered: RememberedPiece[] = [];
    for (const said of turns('mwmw')) {
      const startMs = Number(said.id.slice(1)) * 4_000;
      const values = await embedder.embed(pcmOf(said));
      const stored = { id: said.id, startMs, endMs: startMs + 2_500, values: [...values] };
      remembered.push({ ...stored, ...(said.id === 'p0' && { correction: 'PACIENTE' }) });
    }
    const resumed = new Screen(createSpeakerSeparator({ embedder }, remembered));
    for (const { id } of remembered) {
      resumed.labels.set(id, resumed.separator.labelOf(id)?.label ?? 'UNKNOWN');
    }
    expect(resumed.line()).toBe(whole.line());
    const later = turns('mwmwmwwm').slice(4);
    await whole.say(later);
    await resumed.say(later);
    expect(whole.line()).toBe('PMPMPMMP');
    expect(resumed.line()).toBe(whole.line());
  });

  it('refuses what another embedder made', () => {
    const piece = { id: 'p', startMs: 0, endMs: 1_000, values: [1, 2] };
    expect(() => createSpeakerSeparator({ embedder }, [piece])).toThrow(RangeError);
  });

  it('cuts a sound where it cut it before, although later sound is known by then', async () => {
    const { separator } = await screen().say(turns('m'));
    // One voice with changing vowels: taken for two while nothing else is known.
    const sound = aVoice({ ...MAN, seconds: 4, seed: 3 });
    const place = { startMs: 4_000 };
    const before = await separator.split(sound, place);
    expect(before.length).toBeGreaterThan(1);
    await new Screen(separator).say(turns('mwmwmw').slice(2));
    separator.correct('p3', 'UNKNOWN');
    expect(await separator.split(sound)).toHaveLength(1);
    expect(await separator.split(sound, place)).toEqual(before);
    expect(await separator.split(sound, { startMs: 90_000, stream: 'another' })).toEqual(before);
  });
});

describe('a sound that is still going on', () => {
  it('is guessed without being taken in', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    expect(await separator.guess(aVoice({ ...WOMAN, seconds: 1.5, seed: 77 }))).toBe('PACIENTE');
    expect(separator.labelOf('p4')).toBeNull();
  });
});

describe('splitting with known voices', () => {
  it('divides an utterance of both, and leaves one of a single voice whole', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    const man = aVoice({ ...MAN, seconds: 1.5, seed: 40 });
    const both = joined(man, silence(0.15), aVoice({ ...WOMAN, seconds: 1.5, seed: 41 }));
    const parts = await separator.split(both);
    expect(parts).toHaveLength(2);
    expect(Math.abs((parts[0]?.endSample as number) - man.length)).toBeLessThan(5_000);
    const alone = joined(man, silence(0.25), aVoice({ ...MAN, seconds: 2, seed: 42 }));
    expect(await separator.split(alone)).toHaveLength(1);
  });
});

describe('a takeover in a sound that is still going on', () => {
  const man = aVoice({ ...MAN, seconds: 2, seed: 40 });
  const woman = aVoice({ ...WOMAN, seconds: 3, seed: 41 });
  const sound = joined(man, silence(0.3), woman);
  const place = { startMs: 90_000 };

  it('is heard once the new voice has spoken for a second, and not before', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    const heard: (number | null)[] = [];
    for (let end = 8_000; end <= sound.length; end += 8_000) {
      heard.push(await separator.takeover(sound.subarray(0, end), place));
    }
    const first = heard.findIndex((at) => at !== null);
    const seconds = (8_000 * (first + 1) - man.length) / 16_000;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(2);
    for (const at of heard.slice(first)) {
      expect(Math.abs((at as number) - man.length)).toBeLessThan(8_000);
    }
  });

  it('is the same however often the sound was looked at before', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    const whole = await separator.takeover(sound, place);
    await separator.takeover(sound.subarray(0, 20_000), { startMs: 80_000 });
    for (let end = 12_000; end < sound.length; end += 12_000) {
      await separator.takeover(sound.subarray(0, end), place);
    }
    expect(await separator.takeover(sound, place)).toBe(whole);
  });

  it('is none while one person speaks', async () => {
    const { separator } = await screen().say(turns('mwmw'));
    const alone = joined(man, silence(0.25), aVoice({ ...MAN, seconds: 3, seed: 42 }));
    for (let end = 16_000; end <= alone.length; end += 8_000) {
      expect(await separator.takeover(alone.subarray(0, end), place)).toBeNull();
    }
  });

  it('embeds no part of it twice, however long two people go on', async () => {
    const heard: string[] = [];
    const counting: typeof embedder = {
      ...embedder,
      embed(pcm) {
        heard.push(`${pcm.byteOffset}+${pcm.length}`);
        return embedder.embed(pcm);
      },
    };
    const { separator } = await screen({ embedder: counting }).say(turns('mwmw'));
    const long = joined(man, silence(0.3), woman, silence(0.3), man, silence(0.3), woman);
    heard.length = 0;
    for (let end = 8_000; end <= long.length; end += 8_000) {
      await separator.takeover(long.subarray(0, end), place);
    }
    expect(heard.length).toBeGreaterThan(5);
    expect(new Set(heard).size).toBe(heard.length);
  });
});
