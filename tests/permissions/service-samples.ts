import { randomUUID } from 'node:crypto';
import { asJson } from '@medcall/service-kit';
import type { permissions } from '@medcall/shared-types';
import type { Sample } from './sample.ts';
import { insertUtterance, medicoIdOf, type Scene, type SceneConsultation } from './scene.ts';

/** A row that hangs on a consultation, by its own id. */
function ofRowIn(
  make: (scene: Scene, consultation: SceneConsultation) => Promise<string>,
  body?: unknown,
): Sample {
  return {
    async ask(scene) {
      const id = await make(scene, await scene.consultation({ ai: true }));
      return { path: { id }, ...(body ? { body } : {}) };
    },
  };
}

const session = (scene: Scene, { id, roomId }: SceneConsultation) =>
  scene.arrange(async (trx) => {
    const row = await trx
      .insertInto('sessions')
      .values({ consultation_id: id, room_id: roomId, kind: 'PRESENCIAL' })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });

const allowRecording = (scene: Scene, { id }: SceneConsultation) =>
  scene.arrange((trx) =>
    trx
      .insertInto('consents')
      .values({
        consultation_id: id,
        type: 'recording',
        accepted: true,
        text_version: 'test',
        text_hash: 'a'.repeat(64),
        given_by: 'doctor',
      })
      .execute(),
  );

const recording = async (scene: Scene, consultation: SceneConsultation) => {
  await allowRecording(scene, consultation);
  return scene.arrange(async (trx) => {
    const { roomId } = consultation;
    const row = await trx
      .insertInto('recordings')
      .values({ room_id: roomId, status: 'assembling' })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
};

const suggestion = (scene: Scene, { roomId }: SceneConsultation) =>
  scene.arrange(async (trx) => {
    const row = await trx
      .insertInto('suggestions')
      .values({
        room_id: roomId,
        question: 'Desde quando?',
        topic: 'inicio',
        rationale: 'x',
        engine: 'test',
        sources: asJson([]),
        transcription_id: await insertUtterance(trx, roomId),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });

const cost = async (scene: Scene, { id }: SceneConsultation) => {
  await scene.arrange((trx) =>
    trx
      .insertInto('ai_pricing')
      .values({
        consultation_id: id,
        service: 'whisper',
        cost_brl_micros: 1000,
        created_by: 'test',
      })
      .execute(),
  );
};

/** What the realtime service and the AI service answer. */
export const serviceSamples = {
  'POST /api/transcription/upload': {
    about: 'role',
    async ask() {
      const form = new FormData();
      form.append('file', new Blob([aSecondOfSilence()], { type: 'audio/wav' }), 'x.wav');
      return { body: form };
    },
  },
  // A job is its owner's alone and lives in the memory of one node: who may ask finds none.
  'GET /api/transcription/jobs/:id': noSuchJob(),
  'DELETE /api/transcription/jobs/:id': noSuchJob(),
  'PATCH /api/transcription/utterances/:id': ofRowIn(
    (scene, { roomId }) => scene.arrange((trx) => insertUtterance(trx, roomId)),
    { text: 'Corrigida.' },
  ),
  'GET /api/clinic/doctors/:id/voice': ofVoice(),
  'PUT /api/clinic/doctors/:id/voice': ofVoice(),
  'DELETE /api/clinic/doctors/:id/voice': ofVoice(),
  'GET /api/sessions': {
    async ask(scene) {
      const consultation = await scene.consultation();
      return {
        query: { room_id: consultation.roomId },
        shows: await session(scene, consultation),
      };
    },
  },
  'GET /api/sessions/:id': ofRowIn(session),
  'GET /api/rooms/:roomId': {
    async ask(scene) {
      const consultation = await scene.consultation();
      return { path: { roomId: consultation.roomId }, consultation };
    },
  },
  'GET /api/rooms/:roomId/retranscription': ofRoom(),
  // The consultation goes on: came through, and told so.
  'POST /api/rooms/:roomId/retranscription': { ...ofRoom(), answers: [409] },
  'DELETE /api/rooms/:roomId/retranscription': ofRoom(),
  'GET /api/rooms/:roomId/retranscription/changes': ofRoom(),
  'GET /api/recordings': {
    async ask(scene) {
      const consultation = await scene.consultation();
      return {
        query: { room_id: consultation.roomId },
        shows: await recording(scene, consultation),
      };
    },
  },
  // Nothing was kept of these: came through, and told so.
  'POST /api/recordings': {
    async ask(scene) {
      const consultation = await scene.consultation();
      await allowRecording(scene, consultation);
      return { body: { room_id: consultation.roomId } };
    },
    answers: [409],
  },
  'POST /api/recordings/:id/url': { ...ofRowIn(recording), answers: [409] },
  'GET /api/recordings/:id/peaks': { ...ofRowIn(recording), answers: [409] },
  'GET /api/recordings/:id/audio': {
    about: 'role',
    ask: async () => ({ path: { id: randomUUID() } }),
  },
  'GET /api/pcm-transcription/stats': { about: 'role', ask: async () => ({}) },
  'GET /api/openai/connections': { about: 'role', ask: async () => ({}) },

  'POST /api/suggestions': {
    async ask(scene) {
      const consultation = await scene.consultation({ ai: true, status: 'IN_PROGRESS' });
      return {
        body: { roomId: consultation.roomId, transcription: 'dor de cabeça' },
        consultation,
      };
    },
  },
  'PATCH /api/suggestions/:id': ofRowIn(suggestion, { status: 'used' }),
  'GET /api/ai-pricing': {
    async ask(scene) {
      const consultation = await scene.consultation();
      await cost(scene, consultation);
      return { query: { consultation_id: consultation.id }, shows: consultation.id };
    },
  },
  'POST /api/ai-pricing': {
    async ask(scene) {
      const consultation = await scene.consultation();
      return {
        body: { consultation_id: consultation.id, service: 'whisper', cost: '0.001' },
        consultation,
      };
    },
  },
  'GET /api/ai-pricing/stats': {
    async ask(scene) {
      await cost(scene, await scene.consultation());
      return {
        query: { doctor_id: medicoIdOf(scene.doctor), period: 'month' },
        shows: (body: { totalBrl: string }) => Number(body.totalBrl) > 0,
      };
    },
  },
  'GET /api/guidelines': { about: 'role', ask: async () => ({ query: { limit: '3' } }) },
  'POST /api/guidelines': {
    about: 'role',
    ask: async () => ({
      body: { ...guidelineFacts(), markdown: `# Fluxo\n\n${'Conduta da casa. '.repeat(8)}` },
    }),
  },
  'PATCH /api/guidelines/:id': {
    async ask(scene) {
      const { id } = await scene.arrange((trx) =>
        trx
          .insertInto('guideline_documents')
          .values({ ...guidelineFacts(), clinica_id: scene.doctor.clinicaId, slug: randomUUID() })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      return { path: { id }, body: { active: false } };
    },
  },
  'POST /api/notes/draft': ofDraft(),
  'POST /api/notes/letter': { ...ofDraft(), answers: [200, 409] },
} as const satisfies Partial<Record<keyof typeof permissions, Sample>>;

function guidelineFacts() {
  return {
    title: `Fluxo ${randomUUID()}`,
    source: 'Clínica',
    year: 2026,
    url: 'https://clinica.example/fluxo',
  };
}

/** A doctor's own voice; what is sent in its place is no sound, and told so. */
function ofVoice(): Sample {
  return {
    async ask(scene) {
      const doctorId = medicoIdOf(scene.doctor);
      await scene.arrange((trx) =>
        trx
          .insertInto('voice_profiles')
          .values({ doctor_id: doctorId, features: [1], dimension: 1, model: 'test' })
          .onConflict((conflict) => conflict.column('doctor_id').doNothing())
          .execute(),
      );
      return { path: { id: doctorId } };
    },
    answers: [200, 204, 400],
  };
}

function ofRoom(): Sample {
  return {
    async ask(scene) {
      const consultation = await scene.consultation();
      return { path: { roomId: consultation.roomId }, consultation };
    },
  };
}

function noSuchJob(): Sample {
  return { about: 'role', ask: async () => ({ path: { id: randomUUID() } }), answers: [404] };
}

function ofDraft(): Sample {
  return {
    async ask(scene) {
      const consultation = await scene.consultation({ ai: true });
      return { body: { consultation_id: consultation.id }, consultation };
    },
  };
}

/** WAV, 16 kHz mono 16 bit. */
function aSecondOfSilence(): Uint8Array<ArrayBuffer> {
  const bytes = 32_000;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(16_000, 24);
  wav.writeUInt32LE(32_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  return new Uint8Array(wav);
}
