import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mixed, roomEcho } from '../../../../../../bench/speech/room-echo.ts';
import { readWav } from '../../../../../../bench/speech/wav.ts';
import type { VadFactory } from '../ports.ts';
import { FakeEngine } from '../testing/fake-speech.ts';
import { createTranscriber } from '../transcriber.ts';
import type { TranscriberEvent } from '../transcriber-events.ts';
import { loadVad } from '../vad.ts';
import { EchoGuard } from './echo-guard.ts';
import { RoomSound } from './room-sound.ts';

/** Recorded voices and the real detector; the texts do not matter, so none are decoded. */
const root = join(import.meta.dirname, '../../../../../..');
const CHUNK = 1_600;

let vadFactory: VadFactory;
let doctor: Int16Array;
let patient: Int16Array;

beforeAll(async () => {
  vadFactory = await loadVad(join(root, 'models'));
  const audio = (name: string) => readWav(join(root, 'tests/fixtures/audio/dor-toracica', name));
  // Three turns of each, with the doctor's between the patient's.
  [doctor, patient] = await Promise.all([
    audio('medico.wav').then((pcm) => pcm.subarray(5 * 16_000, 46 * 16_000)),
    audio('paciente.wav').then((pcm) => pcm.subarray(5 * 16_000, 46 * 16_000)),
  ]);
});

function aStream(room: RoomSound, name: string, startSample = 0) {
  const events: TranscriberEvent[] = [];
  const engine = new FakeEngine();
  engine.answer = (job) => Promise.resolve(engine.heard(job, { text: 'alguma coisa foi dita' }));
  const track = room.join(name, 0);
  const transcriber = createTranscriber({
    streamKey: name,
    roomId: 'room',
    engine,
    vadFactory,
    startSample,
    echo: new EchoGuard(track),
    onEvent: (event) => events.push(event),
    onError: (error) => {
      throw error;
    },
  });
  return { events, track, transcriber };
}

/** Both streams side by side, as they come; what became of the patient's. */
async function consult(sound: { doctor: Int16Array; patient: Int16Array }) {
  const room = new RoomSound();
  const streams = [
    { pcm: sound.doctor, ...aStream(room, 'doctor') },
    { pcm: sound.patient, ...aStream(room, 'patient') },
  ];
  for (let at = 0; at < sound.patient.length; at += CHUNK) {
    for (const { pcm, track, transcriber } of streams) {
      track.add(pcm.subarray(at, at + CHUNK), at);
      transcriber.feed(pcm.subarray(at, at + CHUNK), at);
    }
    for (const { transcriber } of streams) await transcriber.segmented();
  }
  for (const { transcriber } of streams) await transcriber.drain();
  const [ofDoctor, ofPatient] = streams.map(({ events }) => events);
  return { doctor: ofDoctor ?? [], patient: ofPatient ?? [] };
}

/** Where each utterance was first written, in the order of the sound: revisions may come in any order. */
const placesOf = (events: TranscriberEvent[]) =>
  events
    .flatMap((event) =>
      event.type === 'utterance' && event.isFinal && event.revision === 0
        ? [{ from: event.startMs, to: event.endMs }]
        : [],
    )
    .sort((a, b) => a.from - b.from);
const echoes = (events: TranscriberEvent[]) =>
  events.filter((event) => event.type === 'dropped' && event.reason === 'echo');

describe('the doctor’s voice on the patient’s microphone', { timeout: 120_000 }, () => {
  it.each([
    [-12, 80],
    [-20, 300],
  ])(
    'is dropped and counted at %i dB, %i ms later; the patient’s own stays',
    async (levelDb, delayMs) => {
      const alone = placesOf((await consult({ doctor, patient })).patient);
      const heard = await consult({
        doctor,
        patient: mixed(patient, roomEcho(doctor, { levelDb, delayMs })),
      });
      const kept = placesOf(heard.patient);
      expect(kept).toHaveLength(alone.length);
      kept.forEach((place, i) => {
        expect(Math.abs(place.from - (alone[i]?.from ?? 0))).toBeLessThan(250);
        expect(Math.abs(place.to - (alone[i]?.to ?? 0))).toBeLessThan(250);
      });
      expect(echoes(heard.patient).length).toBeGreaterThan(0);
      expect(echoes(heard.doctor)).toEqual([]);
      // Nothing of it was shown while it was said, either.
      const shown = heard.patient.filter((event) => event.type === 'utterance' && !event.isFinal);
      expect(
        shown.every(({ endMs }) => alone.some(({ from, to }) => endMs > from && endMs < to + 300)),
      ).toBe(true);
    },
  );

  it('leaves what the patient says over it', async () => {
    // The patient's second turn is said in the middle of the doctor's first.
    const over = doctor.map((_, i) => patient[i + 6 * 16_000] ?? 0);
    const alone = placesOf((await consult({ doctor, patient: over })).patient);
    const heard = await consult({
      doctor,
      patient: mixed(over, roomEcho(doctor, { levelDb: -12, delayMs: 150 })),
    });
    const kept = placesOf(heard.patient);
    // Every stretch that was text without the echo is text with it.
    for (const { from, to } of alone) {
      expect(kept.some((place) => place.from < from + 300 && place.to > to - 300)).toBe(true);
    }
  });

  it('gives the same utterances when the log is read again after a crash', async () => {
    const heard = mixed(patient, roomEcho(doctor, { levelDb: -12, delayMs: 150 }));
    const live = await consult({ doctor, patient: heard });
    const room = new RoomSound();
    const [first, second] = [aStream(room, 'patient'), aStream(room, 'doctor')];
    // One log after the other, each at once: the second is waited for.
    first.track.beginReplay();
    second.track.beginReplay();
    for (const [stream, pcm] of [
      [first, heard],
      [second, doctor],
    ] as const) {
      stream.track.add(pcm, 0);
      stream.transcriber.feed(pcm, 0);
      await new Promise((resolve) => setImmediate(resolve));
      stream.track.endReplay();
    }
    await Promise.all([first.transcriber.drain(), second.transcriber.drain()]);
    const finals = (events: TranscriberEvent[]) =>
      events.filter(
        (event) => event.type === 'dropped' || (event.type === 'utterance' && event.isFinal),
      );
    const withoutPartials = (events: TranscriberEvent[]) =>
      finals(events).map((event) => ({ ...event, hadPartial: undefined }));
    expect(withoutPartials(first.events)).toEqual(withoutPartials(live.patient));
    expect(withoutPartials(second.events)).toEqual(withoutPartials(live.doctor));
  });
});
