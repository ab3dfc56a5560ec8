import path from 'node:path';
import { ApiClient, ApiError } from '../client/api.ts';
import type { Stage } from '../client/fill-room.ts';
import { readEnrolment, readInPersonDialogue } from './in-person-dialogue.ts';
import { measureInPerson, type PooledInPerson, poolInPerson } from './measure-in-person.ts';
import type { DemoOptions, InPersonOptions } from './options.ts';
import type { PlayOptions } from './play-consultation.ts';
import { playInPerson } from './play-in-person.ts';

interface InPersonOutput extends Omit<PlayOptions, 'speed'> {
  onDialogue: (title: string) => void;
}

/** Plays all dialogues in person, with the doctor's voice enrolled before each, or without one. */
export async function runInPerson(
  stage: Stage,
  options: DemoOptions & { inPerson: InPersonOptions },
  output: InPersonOutput,
): Promise<PooledInPerson> {
  const { condition, enrol } = options.inPerson;
  const dialogues = await Promise.all(
    options.audio.map((folder) => readInPersonDialogue(path.resolve(folder), condition)),
  );
  const enrolment = await voiceOf(stage);
  if (await enrolment.isStored()) {
    throw new Error('Esta conta já tem uma voz cadastrada; a medida a apagaria.');
  }
  const reports = [];
  try {
    for (const dialogue of dialogues) {
      output.onDialogue(dialogue.reference.title ?? dialogue.reference.id);
      if (enrol) await enrolment.store(await readEnrolment(dialogue.folder));
      const played = await playInPerson(stage, dialogue, { speed: options.speed, ...output });
      reports.push(measureInPerson(played, dialogue.reference, { enrolled: enrol, condition }));
    }
  } finally {
    if (enrol) await enrolment.forget();
  }
  return poolInPerson(reports);
}

/** The doctor's own enrolled voice. */
async function voiceOf({ doctorToken, gateway, me }: Stage) {
  if (!me.doctor) throw new Error('Esta conta não é de um médico.');
  const route = `/api/clinic/doctors/${me.doctor.id}/voice`;
  const api = async () => new ApiClient(gateway, await doctorToken());
  const exists = async (request: Promise<unknown>) => {
    try {
      await request;
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') return false;
      throw error;
    }
  };
  return {
    isStored: async () => exists((await api()).request('GET', route)),
    store: async (wav: Buffer) => (await api()).upload('PUT', route, wav, 'audio/wav'),
    forget: async () => exists((await api()).request('DELETE', route)),
  };
}
