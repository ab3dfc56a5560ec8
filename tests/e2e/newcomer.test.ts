import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { readDialogue } from '../../scripts/lib/demo/dialogue.ts';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { type Person, sitDown } from './support/browser.ts';
import { walkAsNewcomer } from './support/newcomer-walk.ts';
import { isEnglish } from './support/reads-well.ts';
import { voiceOf } from './support/sound.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

let world: World;
let voices: string;
const people: Person[] = [];

beforeAll(async () => {
  world = await startWorld({ frontend: true });
  voices = await mkdtemp(path.join(tmpdir(), 'medcall-voices-'));
  const dialogue = await readDialogue(path.join(audioDir, 'dor-toracica'));
  const says = {
    medico: voiceOf(dialogue, 'MEDICO', [4], 12_000),
    paciente: voiceOf(dialogue, 'PACIENTE', [1, 3], 2_500),
  };
  for (const [who, { wav }] of Object.entries(says)) {
    await writeFile(path.join(voices, `${who}.wav`), wav);
  }
}, 600_000);

afterAll(async () => {
  await Promise.all(people.map((person) => person.close()));
  await world?.stop();
  if (voices) await rm(voices, { recursive: true, force: true });
});

it('a newcomer comes from the first page to a signed note and meets no dead end, English sentence or raw error', async () => {
  const origin = world.urls.frontend;
  const [doctor, patient] = await Promise.all([
    sitDown({ voice: path.join(voices, 'medico.wav'), origin }),
    sitDown({
      voice: path.join(voices, 'paciente.wav'),
      origin,
      viewport: { width: 390, height: 844 },
    }),
  ]);
  people.push(doctor, patient);
  const steps: string[] = [];
  onTestFailed(async () => {
    console.error(steps.join('\n'));
    for (const { page, complaints } of people) console.error(page.url(), complaints.slice(-10));
    console.error(world.recentLog());
  });
  await walkAsNewcomer({
    frontendUrl: origin,
    doctor,
    patient,
    say: (step) => steps.push(step),
    picturesDir: path.join(rootDir, 'test-results', 'newcomer'),
    patienceMs: 240_000,
  });
  // A refused request is an answer that a page may expect; what it makes of it was read above.
  const complaints = people.flatMap((person) => person.complaints);
  expect(complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
}, 1_800_000);

it.each([
  ['Something went wrong, please try again', true],
  ['Page not found', true],
  ['Dra. Beatriz abre a sala em instantes', false],
  ['Motor: Whisper, embutido', false],
  ['É preciso aceitar para continuar', false],
])('%s: English %s', (line, english) => {
  expect(isEnglish(line)).toBe(english);
});
