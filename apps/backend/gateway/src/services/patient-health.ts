import { AppError, type Trx } from '@medcall/service-kit';
import type { Patient, UpdatePatient } from '@medcall/shared-types';

/**
 * Allergies and medicines. Additions and removals are made on the list as it is now; a whole list
 * replaces only the version that the person saw.
 * @throws AppError version_conflict
 */
export async function updateHealth(
  trx: Trx,
  patient: Patient,
  { allergies, health, health_version: seen, medicines }: UpdatePatient,
): Promise<void> {
  if (allergies === undefined && medicines === undefined && health === undefined) return;
  // The row to change is there from here on; its lock makes changes wait for one another.
  await trx
    .insertInto('patient_health')
    .values({ patient_id: patient.id, clinica_id: patient.clinica_id, version: 0 })
    .onConflict((conflict) => conflict.column('patient_id').doNothing())
    .execute();
  const now = await trx
    .selectFrom('patient_health')
    .select(['allergies', 'medicines', 'version'])
    .where('patient_id', '=', patient.id)
    .forUpdate()
    .executeTakeFirst();
  if (!now) throw new AppError('forbidden');
  const replaces = allergies !== undefined || medicines !== undefined;
  const isOutdated = seen === undefined ? now.version > 0 : seen !== now.version;
  if (replaces && isOutdated) {
    throw new AppError('version_conflict', { details: { version: now.version } });
  }
  await trx
    .updateTable('patient_health')
    .set({
      allergies: changed(
        allergies ?? now.allergies,
        health?.add_allergies,
        health?.remove_allergies,
      ),
      medicines: changed(
        medicines ?? now.medicines,
        health?.add_medicines,
        health?.remove_medicines,
      ),
    })
    .where('patient_id', '=', patient.id)
    .execute();
}

/** Without doubles; what is alike but for capitals is the same. */
function changed(
  list: readonly string[],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): string[] {
  const gone = new Set(remove.map(folded));
  const kept = new Map<string, string>();
  for (const item of [...list, ...add]) {
    const key = folded(item);
    if (!gone.has(key) && !kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

function folded(text: string): string {
  return text.trim().toLocaleLowerCase('pt-BR');
}
