import { AppError, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';

/** Wrong birth dates after which a link to documents opens no more: the clinic sends a new one. */
export const birthDateTries = 5;

export type BirthDateCheck =
  | { kind: 'right' }
  | { kind: 'asked' }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'locked' };

export const right: BirthDateCheck = { kind: 'right' };

/**
 * Compares the given date with the patient's. The row is locked meanwhile, so that guesses sent at once
 * count one after the other; the caller commits before it refuses.
 */
export async function checkBirthDate(
  trx: Trx,
  invitation: { id: string; patient_id: string },
  given: string | undefined,
): Promise<BirthDateCheck> {
  const { birth_date_tries: tries } = await trx
    .selectFrom('invitations')
    .select('birth_date_tries')
    .where('id', '=', invitation.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (tries >= birthDateTries) return { kind: 'locked' };
  if (given === undefined) return { kind: 'asked' };
  const patient = await trx
    .selectFrom('patients as p')
    .select(sql<string | null>`app.birth_date_of(p.id)`.as('birth_date'))
    .where('p.id', '=', invitation.patient_id)
    .executeTakeFirstOrThrow();
  const isRight = patient.birth_date !== null && patient.birth_date === given;
  await trx
    .updateTable('invitations')
    .set({ birth_date_tries: isRight ? 0 : tries + 1 })
    .where('id', '=', invitation.id)
    .execute();
  return isRight ? right : { kind: 'wrong', triesLeft: birthDateTries - tries - 1 };
}

/** @throws AppError validation_failed (details `{ birthDate: true, triesLeft? }`), forbidden when locked */
export function refuseUnless(check: BirthDateCheck): void {
  switch (check.kind) {
    case 'right':
      return;
    case 'asked':
      throw new AppError('validation_failed', {
        message: 'Informe a data de nascimento do paciente.',
        details: { birthDate: true },
      });
    case 'wrong':
      throw new AppError('validation_failed', {
        message: `A data de nascimento não confere. Tentativas restantes: ${check.triesLeft}.`,
        details: { birthDate: true, triesLeft: check.triesLeft },
      });
    case 'locked':
      throw new AppError('forbidden', {
        message: 'Este link foi bloqueado depois de várias tentativas. Peça um novo à clínica.',
      });
  }
}
