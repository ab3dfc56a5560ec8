import path from 'node:path';
import { type Pcm, pcmOf, readWav, slice } from '../../lib/client/wav.ts';
import { readDialogue } from '../../lib/demo/dialogue.ts';
import { rootDir } from '../../lib/system/settings.ts';

/** What two people say at the same time, one track each. */
export interface DialogueSound {
  name: string;
  doctor: Pcm;
  patient: Pcm;
  /** Both on one microphone, as in person. */
  room: Pcm;
}

const folders = ['dor-toracica', 'cefaleia', 'febre-crianca', 'ansiedade'];

/** Stretches of the sample dialogues, each `seconds` long: real speech for the real detector. */
export async function stretches(count: number, seconds: number): Promise<DialogueSound[]> {
  const sounds: DialogueSound[] = [];
  for (let n = 0; n < count; n++) {
    const name = folders[n % folders.length] ?? '';
    const folder = path.join(rootDir, 'tests/fixtures/audio', name);
    const dialogue = await readDialogue(folder);
    const room = await readWav(path.join(folder, 'sala.wav'));
    const fromMs = (Math.floor(n / folders.length) * 13_000) % 60_000;
    const cut = (pcm: Pcm) => pcmOf(slice(pcm, fromMs, seconds * 1000));
    sounds.push({
      name: `${name}+${fromMs / 1000}s`,
      doctor: cut(dialogue.doctor),
      patient: cut(dialogue.patient),
      room: cut(room),
    });
  }
  return sounds;
}
