import { AppError, type Trx } from '@medcall/service-kit';
import type { Patient, UpdatePatient } from '@medcall/shared-types';
import { samePerson } from './same-person.ts';

interface Health {
  allergies: string[];
  medicines: string[];
  health_version: number;
}

/** Of all cards of the person: each keeps its own list, and what is read is the lists together. */
export async function healthOf(trx: Trx, patientId: string): Promise<Health> {
  return together(await rowsOf(trx, patientId).execute(), patientId);
}

/**
 * Allergies and medicines. Additions and removals are made on the lists as they are now; a whole list
 * replaces only the version that the person saw. What is new stands on the card itself, what is taken away
 * goes from every card of the person.
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
  const rows = await rowsOf(trx, patient.id).forUpdate().execute();
  const own = rows.find((row) => row.patient_id === patient.id);
  if (!own) throw new AppError('forbidden');
  const now = together(rows, patient.id);
  const replaces = allergies !== undefined || medicines !== undefined;
  const isOutdated = seen === undefined ? now.health_version > 0 : seen !== now.health_version;
  if (replaces && isOutdated) {
    throw new AppError('version_conflict', { details: { version: now.health_version } });
  }
  const next = {
    allergies: changed(allergies ?? now.allergies, health?.add_allergies, health?.remove_allergies),
    medicines: changed(medicines ?? now.medicines, health?.add_medicines, health?.remove_medicines),
  };
  const others = rows.filter((row) => row !== own);
  for (const row of others) {
    await write(trx, row, {
      allergies: both(row.allergies, next.allergies),
      medicines: both(row.medicines, next.medicines),
    });
  }
  await write(trx, own, {
    allergies: ofOwn(
      next.allergies,
      own.allergies,
      others.flatMap((row) => row.allergies),
      health?.add_allergies,
    ),
    medicines: ofOwn(
      next.medicines,
      own.medicines,
      others.flatMap((row) => row.medicines),
      health?.add_medicines,
    ),
  });
}

type Lists = Pick<Health, 'allergies' | 'medicines'>;
type HealthRow = Lists & { patient_id: string; version: number };

/** In one order for everybody who locks them; the person's own card may be any of them. */
function rowsOf(trx: Trx, patientId: string) {
  return trx
    .selectFrom('patient_health')
    .select(['patient_id', 'allergies', 'medicines', 'version'])
    .where('patient_id', 'in', samePerson(patientId))
    .orderBy('patient_id');
}

/** The card's own words first: what another one says too is said as it says it. */
function together(all: readonly HealthRow[], ownId: string): Health {
  const isOwn = (row: HealthRow) => Number(row.patient_id === ownId);
  const rows = all.toSorted((a, b) => isOwn(b) - isOwn(a));
  return {
    allergies: changed(rows.flatMap((row) => row.allergies)),
    medicines: changed(rows.flatMap((row) => row.medicines)),
    health_version: rows.reduce((sum, row) => sum + row.version, 0),
  };
}

async function write(trx: Trx, before: HealthRow, lists: Lists): Promise<void> {
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((item, at) => item === b[at]);
  if (same(before.allergies, lists.allergies) && same(before.medicines, lists.medicines)) return;
  await trx
    .updateTable('patient_health')
    .set(lists)
    .where('patient_id', '=', before.patient_id)
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

function both(list: readonly string[], wanted: readonly string[]): string[] {
  const keys = new Set(wanted.map(folded));
  return list.filter((item) => keys.has(folded(item)));
}

/**
 * What stands on another card only is not written down a second time, unless somebody said it again here: it
 * is this card's own then, also when the cards are parted.
 */
function ofOwn(
  wanted: readonly string[],
  own: readonly string[],
  elsewhere: readonly string[],
  added: readonly string[] = [],
): string[] {
  const had = new Set([...own, ...added].map(folded));
  const there = new Set(elsewhere.map(folded));
  return wanted.filter((item) => had.has(folded(item)) || !there.has(folded(item)));
}

function folded(text: string): string {
  return text.trim().toLocaleLowerCase('pt-BR');
}
