import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import type { TranscriptionEvent } from '@medcall/shared-types';
import { z } from 'zod';
import { aVoice, joined, MAN, silence, WOMAN } from '../speakers/voice.fixture.ts';
import { ask, next } from './client.ts';
import type { TestService, TestSocket } from './test-service.ts';

const chunkSamples = 1600;
const refusal = z.object({ code: z.string(), retryAfterMs: z.number().optional() });

/** One person’s sentence; `m` is the man, `w` the woman. Every seed is another sentence. */
export function sentence(who: 'm' | 'w', seed: number, seconds = 2.5): Float32Array {
  return aVoice({
    ...(who === 'm' ? MAN : WOMAN),
    seconds,
    seed,
    gain: 0.8,
    syllableSeconds: 0.08,
  });
}

/** A talk in turns of one sentence, each followed by two seconds of quiet. */
export function talk(order: string, firstSeed = 3): Float32Array {
  return joined(
    ...[...order].flatMap((who, i) => [
      sentence(who === 'm' ? 'm' : 'w', firstSeed + i),
      silence(2),
    ]),
  );
}

/** The doctor's screen of a consultation in one room. */
export class InPersonScreen {
  readonly socket: TestSocket;
  readonly events: TranscriptionEvent[] = [];
  private readonly rows = new Map<string, TranscriptionEvent>();
  private nextSeq = 0;
  private readonly consultationId: string;

  constructor(socket: TestSocket, consultationId: string, nextSeq = 0) {
    this.socket = socket;
    this.consultationId = consultationId;
    this.nextSeq = nextSeq;
    socket.on('transcription-update', (event) => this.show(event));
  }

  /** Sends sound as a browser does, as fast as it is taken. */
  async hears(sound: Float32Array): Promise<void> {
    const pcm = Int16Array.from(sound, (sample) => Math.round(sample * 32_767));
    for (let at = 0; at + chunkSamples <= pcm.length; at += chunkSamples) {
      const data = pcm.slice(at, at + chunkSamples).buffer;
      const { consultationId } = this;
      const chunk = { consultationId, seq: this.nextSeq++, sampleRate: 16_000, data };
      await this.send(chunk);
    }
  }

  /** Ten times real time is the most that the service takes: it says how long to wait. */
  private async send(chunk: object): Promise<void> {
    const answer = await ask(this.socket, 'audio-data', chunk);
    if (answer.ok) return;
    const { code, retryAfterMs } = refusal.parse(answer.error);
    if (code !== 'rate_limited' || retryAfterMs === undefined) throw new Error(code);
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    await this.send(chunk);
  }

  get seq(): number {
    return this.nextSeq;
  }

  /** First letters of the speakers, in the order of time: the finals that a person sees. */
  line(): string {
    return this.finals()
      .map(({ speaker }) => speaker[0])
      .join('');
  }

  finals(): TranscriptionEvent[] {
    return [...this.rows.values()].sort((a, b) => a.startMs - b.startMs);
  }

  show(event: TranscriptionEvent): void {
    this.events.push(event);
    if (!event.isFinal) return;
    const before = this.rows.get(event.id);
    if (before && before.revision >= event.revision) return;
    this.rows.set(event.id, event);
    for (const id of event.replaces ?? []) this.rows.delete(id);
  }
}

/** The doctor in the room with the patient, who has agreed; nothing is transcribed yet. */
export async function inPerson(
  service: TestService,
  consultation: TestConsultation,
  nextSeq = 0,
): Promise<InPersonScreen> {
  const socket = await service.connect(await service.tokens.forDoctor(consultation.doctor));
  const inside = next(socket, 'presential-joined');
  const answer = await ask(socket, 'join-presential', { consultationId: consultation.id });
  if (!answer.ok) throw new Error(answer.error?.code);
  await inside;
  return new InPersonScreen(socket, consultation.id, nextSeq);
}

/** A consultation in person whose patient agreed, with the microphone on. */
export async function recordingInPerson(service: TestService, world: World) {
  const consultation = await world.aConsultation({ type: 'PRESENCIAL' });
  await world.aConsent(consultation, 'care');
  await world.aConsent(consultation, 'ai');
  const screen = await inPerson(service, consultation);
  await ask(screen.socket, 'start-recording', { consultationId: consultation.id });
  return { consultation, screen };
}

/** The transcript as it is stored, in the order of time. */
export function storedTranscript(world: World, { roomId }: TestConsultation) {
  return world.query<{ id: string; speaker: string; text: string; at: number; revision: number }>(
    `select id, speaker, text, revision, (start_ms - min(start_ms) over ())::int as at from transcriptions
      where room_id = $1 and superseded_by is null order by start_ms, id`,
    [roomId],
  );
}
