import { randomBytes } from 'node:crypto';
import { audit } from '@medcall/service-kit';
import type { permissions } from '@medcall/shared-types';
import type { TestPerson } from '../../apps/backend/gateway/src/testing/world.ts';
import { agendaSamples } from './agenda-samples.ts';
import { bookingSamples } from './booking-samples.ts';
import { dataRequestSamples } from './data-request-samples.ts';
import { incidentSamples } from './incident-samples.ts';
import { noteBody, noted } from './noted.ts';
import { paperSamples } from './paper-samples.ts';
import { type Asked, ofConsultation, type Sample } from './sample.ts';
import { medicoIdOf, type Scene } from './scene.ts';
import { secondFactorSamples } from './second-factor-samples.ts';
import { serviceSamples } from './service-samples.ts';

const reason = 'continuidade do cuidado';
function ofNote(signed: boolean, body?: unknown): Sample {
  return {
    async ask(scene) {
      const { id } = await noted(scene, signed);
      return { path: { id }, ...(body ? { body } : {}) };
    },
  };
}

function ofPatient(body?: unknown): Sample {
  return {
    async ask(scene) {
      const patient = await scene.patient();
      return { path: { id: patient.id }, ...(body ? { body } : {}) };
    },
  };
}

/** Another card of the clinic, without a CPF: it may be joined to any. @returns its id */
function aTwinOf(scene: Scene, id: string): Promise<string> {
  return scene.arrange(async (trx) => {
    const { name } = await trx
      .selectFrom('patients')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const twin = await trx
      .insertInto('patients')
      .values({ clinica_id: scene.clinic.id, name })
      .returning('id')
      .executeTakeFirstOrThrow();
    return twin.id;
  });
}

/** Two cards that look alike. */
function ofTwoCards(): Sample {
  return {
    async ask(scene) {
      const { id } = await scene.patient();
      return { body: { patient_ids: [id, await aTwinOf(scene, id)] } };
    },
  };
}

/** Somebody who answers for a patient, or is about to. */
function ofGuardian(already: boolean): Sample {
  return {
    async ask(scene) {
      const [patient, guardian] = [await scene.patient(), await scene.patient()];
      if (already) {
        await scene.arrange((trx) =>
          trx
            .insertInto('patient_guardians')
            .values({
              patient_id: patient.id,
              guardian_id: guardian.id,
              clinica_id: scene.clinic.id,
            })
            .execute(),
        );
      }
      return {
        path: { id: patient.id, guardianId: guardian.id },
        ...(already ? {} : { body: {} }),
      };
    },
  };
}

/** Of the caller's own: nobody else's row can be named. */
function ofRole(asked: Asked = {}): Sample {
  return { about: 'role', ask: async () => asked };
}

const ofGateway = {
  'GET /api/me': ofRole(),
  'GET /api/me/sessions': ofRole(),
  'DELETE /api/me/sessions/:id': {
    async ask(scene, caller) {
      const isTheirs = caller === 'admin' && scene.relation === 'own';
      return {
        path: { id: await anOpenSession(scene, isTheirs ? scene.clinic.admin : scene.doctor) },
      };
    },
  },
  'DELETE /api/me/sessions': { ...ofRole(), endsSessions: true },

  'GET /api/consultations': {
    async ask(scene) {
      const { id, patientId } = await scene.consultation();
      return { query: { patient_id: patientId }, shows: id };
    },
  },
  'POST /api/consultations': {
    async ask(scene) {
      const { id } = await scene.patient();
      // The doctor whom the administration books for; a doctor books for himself.
      await scene.arrange((trx) =>
        trx
          .updateTable('patients')
          .set({ doctor_id: medicoIdOf(scene.doctor) })
          .where('id', '=', id)
          .execute(),
      );
      return { body: { patient_id: id, type: 'ONLINE' } };
    },
  },
  'GET /api/consultations/:id': ofConsultation(),
  'PATCH /api/consultations/:id': ofConsultation({ ai_enabled: false }),
  'POST /api/consultations/:id/cancel': ofConsultation({ reason }),
  'POST /api/consultations/:id/no-show': ofConsultation({}),
  'POST /api/consultations/:id/convert': {
    async ask(scene) {
      const { id } = await scene.consultation();
      return { path: { id }, body: { reason } };
    },
    answers: [409],
  },
  'GET /api/consultations/:id/consents': ofConsultation(),
  'POST /api/consultations/:id/consents': ofConsultation({ type: 'care', accepted: true }),
  'GET /api/consultations/:id/transcript': ofConsultation(),
  'GET /api/consultations/:id/coverage': ofConsultation(),
  'GET /api/consultations/:id/suggestions': ofConsultation(),
  'GET /api/consultations/:id/ai-use': ofConsultation(),
  'GET /api/consultations/:id/private-note': ofConsultation(),
  'PUT /api/consultations/:id/private-note': ofConsultation({ text: 'Anotação.', version: 0 }),
  'GET /api/consultations/:id/waiting-place': ofConsultation(),
  'GET /api/consultations/:id/waiting-messages': ofConsultation(),
  'POST /api/consultations/:id/waiting-messages': ofConsultation({ text: 'Cheguei.' }),
  'GET /api/consultations/:id/follow-up': ofConsultation(),
  'GET /api/consent-texts': ofRole(),
  'GET /api/consultations/:id/note': ofNote(false),
  'PUT /api/consultations/:id/note': ofConsultation(noteBody),
  'POST /api/consultations/:id/note/draft': ofConsultation({}, { ai: true }),
  'POST /api/consultations/:id/note/sign': ofNote(false, { version: 1 }),
  'POST /api/consultations/:id/note/addenda': ofNote(true, { text: 'Acréscimo.' }),

  'GET /api/patients': {
    async ask(scene) {
      const { id, name } = await scene.patient();
      return { query: { search: name }, shows: id };
    },
  },
  'POST /api/patients/search': {
    async ask(scene) {
      const { id, name } = await scene.patient();
      return { body: { search: name }, shows: id };
    },
  },
  'POST /api/patients/import': ofRole({
    body: {
      content_base64: Buffer.from('nome\nPessoa de Fora\n').toString('base64'),
      dry_run: true,
    },
  }),
  'POST /api/patients': {
    about: 'role',
    ask: async () => ({ body: { name: `Nova ${randomBytes(5).toString('hex')}` } }),
  },
  'GET /api/patients/duplicates': {
    async ask(scene) {
      const { id, name } = await scene.patient();
      await scene.arrange(async (trx) => {
        const birth_date = '1970-01-01';
        await trx.updateTable('patients').set({ birth_date }).where('id', '=', id).execute();
        const twin = { clinica_id: scene.clinic.id, name, birth_date };
        await trx.insertInto('patients').values(twin).execute();
      });
      return { query: { limit: '200' }, shows: id };
    },
  },
  'POST /api/patients/duplicates/dismiss': ofTwoCards(),
  'POST /api/patients/duplicates/reopen': ofTwoCards(),
  'POST /api/patients/:id/merge': {
    async ask(scene) {
      const { id } = await scene.patient();
      return { path: { id }, body: { merged_id: await aTwinOf(scene, id) } };
    },
    // Asked again, the other card stands no more.
    answers: [200, 409],
  },
  'POST /api/patients/:id/part': {
    async ask(scene) {
      const { id } = await scene.patient();
      const twin = await aTwinOf(scene, id);
      await scene.arrange(async (trx) => {
        await trx
          .updateTable('patients')
          .set({ merged_into: id, active: false })
          .where('id', '=', twin)
          .execute();
        await trx
          .insertInto('patient_merges')
          .values({ clinica_id: scene.clinic.id, kept_id: id, merged_id: twin })
          .execute();
      });
      return { path: { id: twin } };
    },
  },
  'PUT /api/patients/:id/guardians/:guardianId': ofGuardian(false),
  'DELETE /api/patients/:id/guardians/:guardianId': ofGuardian(true),
  'GET /api/patients/:id': ofPatient(),
  'PATCH /api/patients/:id': ofPatient({ phone: '11 99999-0000' }),
  'POST /api/patients/:id/care-relations': ofPatient({ reason }),

  'POST /api/invitations': {
    async ask(scene) {
      const { id } = await scene.consultation();
      return { body: { consultationId: id } };
    },
  },
  'DELETE /api/invitations/:id': {
    async ask(scene) {
      const { id } = await scene.consultation();
      const made = await scene.asDoctor('POST', '/api/invitations', { consultationId: id });
      return { path: { id: made.body.id } };
    },
  },
  'POST /api/invitations/exchange': ofRole({ body: { token: 'x'.repeat(43) } }),

  'GET /api/clinic': {
    ask: async ({ clinic }) => ({ shows: clinic.id }),
  },
  'PATCH /api/clinic': ofRole({ body: { telefone: '11 3333-0000' } }),
  'GET /api/clinic/doctors': {
    ask: async ({ doctor }) => ({ shows: medicoIdOf(doctor) }),
  },
  'POST /api/clinic/doctors': {
    about: 'role',
    ask: async () => ({
      body: {
        nome: 'Nova Médica',
        email: `nova-${randomBytes(6).toString('hex')}@clinica.test`,
        crm: aCrm(),
      },
    }),
  },
  'PATCH /api/clinic/doctors/:id': {
    ask: async (scene) => ({
      path: { id: await aDoctorWithoutAccount(scene) },
      body: { especialidade: 'Pediatria' },
    }),
  },
  'POST /api/clinic/doctors/:id/deactivate': {
    ask: async (scene) => ({ path: { id: await aDoctorWithoutAccount(scene) } }),
  },

  'GET /api/clinic/webhook': ofRole(),
  'PUT /api/clinic/webhook': ofRole({ body: { url: null } }),
  'POST /api/clinic/webhook/secret': ofRole(),
  // Without an address there is nothing to test: 409.
  'POST /api/clinic/webhook/test': { ...ofRole(), answers: [202, 409] },
  'GET /api/clinic/webhook/deliveries': {
    ask: async (scene) => ({ shows: await aDelivery(scene) }),
  },
  'POST /api/clinic/webhook/deliveries/:id/resend': {
    ask: async (scene) => ({ path: { id: await aDelivery(scene) } }),
  },

  'GET /api/notifications': {
    async ask(scene) {
      const { id } = await scene.consultation();
      return { query: { consultation_id: id }, shows: await message(scene, id) };
    },
  },
  'POST /api/notifications/:id/read': {
    async ask(scene, caller) {
      const { id } = await scene.consultation();
      const isTheirs = caller === 'admin' && scene.relation === 'own';
      const whose = isTheirs ? scene.clinic.admin : scene.doctor;
      return { path: { id: await message(scene, id, whose) } };
    },
  },
  'POST /api/notifications/:id/resolve': {
    async ask(scene) {
      const { id } = await scene.consultation();
      return { path: { id: await message(scene, id) }, body: { outcome: 'give_up' } };
    },
  },
  'POST /api/twilio/sms': ofRole({ body: {} }),
  'POST /api/twilio/status': ofRole({ body: {} }),

  'GET /api/audit/verify': ofRole(),
  'GET /api/patients/:id/access-log': {
    async ask(scene) {
      const { patientId } = await scene.consultation();
      return { path: { id: patientId } };
    },
  },
  'GET /api/audit': {
    async ask(scene) {
      const { id, patientId, clinicaId } = await scene.consultation();
      await scene.arrange((trx) =>
        audit(trx, {
          action: 'consultation.read',
          tableName: 'consultations',
          recordId: id,
          patientId,
          clinicaId,
        }),
      );
      return { query: { patient_id: patientId }, shows: id };
    },
  },
} as const satisfies Partial<Record<keyof typeof permissions, Sample>>;

function anOpenSession(scene: Scene, person: TestPerson): Promise<string> {
  return scene.arrange(async (trx) => {
    const row = await trx
      .insertInto('auth_embedded.sessions')
      .values({ user_id: person.sub })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** A failed message of a consultation, or a notice to one person about it. */
function message(scene: Scene, consultationId: string, to?: TestPerson): Promise<string> {
  return scene.arrange(async (trx) => {
    const member = to
      ? await trx
          .selectFrom('members')
          .select('id')
          .where('user_auth', '=', to.sub)
          .executeTakeFirstOrThrow()
      : null;
    const row = await trx
      .insertInto('notifications')
      .values({
        clinica_id: scene.clinic.id,
        consultation_id: consultationId,
        kind: to ? 'patient.confirmed' : 'consultation.invitation',
        channel: to ? 'app' : 'email',
        status: to ? 'sent' : 'failed',
        member_id: member?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** What was sent to the clinic's system. */
async function aDelivery(scene: Scene): Promise<string> {
  const { id } = await scene.consultation();
  return scene.arrange(async (trx) => {
    const row = await trx
      .insertInto('webhook_deliveries')
      .values({
        clinica_id: scene.clinic.id,
        event: 'consultation.created',
        subject_id: id,
        payload: JSON.stringify({
          type: 'consultation.created',
          timestamp: new Date().toISOString(),
          data: { clinica_id: scene.clinic.id, consultation_id: id },
        }),
        status: 'dead',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

async function aDoctorWithoutAccount(scene: Scene): Promise<string> {
  const { id } = await scene.arrange((trx) =>
    trx
      .insertInto('medicos')
      .values({ nome: 'Quem Sai', crm: aCrm(), clinica_id: scene.clinic.id })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

function aCrm(): string {
  return `${Math.floor(Math.random() * 899_999) + 100_000}/MG`;
}

/** Each route of the permission table, once. A missing one does not compile. */
export const samples: Record<keyof typeof permissions, Sample> = {
  ...ofGateway,
  ...agendaSamples,
  ...bookingSamples,
  ...dataRequestSamples,
  ...incidentSamples,
  ...paperSamples,
  ...secondFactorSamples,
  ...serviceSamples,
};
