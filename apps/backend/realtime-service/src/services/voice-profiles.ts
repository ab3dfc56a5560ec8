import {
  AppError,
  audit,
  type Database,
  type MemberCaller,
  notFound,
  type Trx,
} from '@medcall/service-kit';
import {
  type VoiceProblem,
  type VoiceProfileView,
  voiceConsent,
  voiceProblemMessages,
} from '@medcall/shared-types';
import { enrolVoice } from '../speakers/enrolment.ts';
import type { SpeakerEmbedder } from '../speakers/voice-features.ts';
import { samplesToSeconds } from '../speech/pcm.ts';

const longestSeconds = 15;
/** Encoders pad the end; that is nobody's fault. */
const toleranceSeconds = 0.25;

/** Doctors' enrolled voices: biometric data, each in the hands of its own person alone. */
export class VoiceProfiles {
  private readonly database: Database;
  private readonly embedder: SpeakerEmbedder;

  constructor(database: Database, embedder: SpeakerEmbedder) {
    this.database = database;
    this.embedder = embedder;
  }

  /** @throws AppError not_found for anybody else's: whether a colleague has enrolled is nobody's business */
  async mustBeOwn(caller: MemberCaller, doctorId: string): Promise<void> {
    const doctor = await this.database.asUser(caller, (trx) =>
      trx.selectFrom('medicos').select('user_auth').where('id', '=', doctorId).executeTakeFirst(),
    );
    if (doctor?.user_auth !== caller.sub) throw notFound();
  }

  /**
   * Stores what a recording says of the doctor's voice, in place of an earlier one; not the recording.
   * @param pcm mono 16 kHz samples
   * @throws AppError validation_failed with everything that is wrong with the recording
   */
  async enrol(
    caller: MemberCaller,
    doctorId: string,
    pcm: Int16Array,
    requestId: string,
  ): Promise<VoiceProfileView> {
    if (samplesToSeconds(pcm.length) > longestSeconds + toleranceSeconds)
      throw refusal(['too_long']);
    const enrolment = await enrolVoice(pcm, this.embedder);
    if (!enrolment.ok) throw refusal(enrolment.problems);
    const { profile } = enrolment;
    return this.database.asUser(caller, async (trx) => {
      const row = {
        features: profile.vectors.flat(),
        dimension: this.embedder.dimensions,
        model: profile.embedder,
        speech_seconds: profile.speechSeconds,
      };
      await trx
        .insertInto('voice_profiles')
        .values({ doctor_id: doctorId, ...row })
        .onConflict((conflict) => conflict.column('doctor_id').doUpdateSet(row))
        .execute();
      await audit(trx, {
        action: 'voice.enrolled',
        tableName: 'voice_profiles',
        recordId: doctorId,
        changes: { model: profile.embedder, consent: voiceConsent.version },
        requestId,
      });
      return this.read(trx, doctorId);
    });
  }

  /** @throws AppError not_found when none is stored */
  find(caller: MemberCaller, doctorId: string): Promise<VoiceProfileView> {
    return this.database.asUser(caller, (trx) => this.read(trx, doctorId), { readOnly: true });
  }

  /** Deletes the features. @throws AppError not_found when there are none */
  async forget(caller: MemberCaller, doctorId: string, requestId: string): Promise<void> {
    await this.database.asUser(caller, async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('voice_profiles')
        .where('doctor_id', '=', doctorId)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound();
      await audit(trx, {
        action: 'voice.forgotten',
        tableName: 'voice_profiles',
        recordId: doctorId,
        requestId,
      });
    });
  }

  private async read(trx: Trx, doctorId: string): Promise<VoiceProfileView> {
    const row = await trx
      .selectFrom('voice_profiles')
      .select(['doctor_id', 'model', 'speech_seconds', 'created_at', 'updated_at'])
      .where('doctor_id', '=', doctorId)
      .executeTakeFirst();
    if (!row) throw notFound();
    return {
      ...row,
      usable: row.model === this.embedder.name,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    };
  }
}

function refusal(problems: readonly VoiceProblem[]): AppError {
  const details = problems.map((problem) => ({ problem, message: voiceProblemMessages[problem] }));
  return new AppError('validation_failed', {
    message: details.map(({ message }) => message).join(' '),
    details,
  });
}
