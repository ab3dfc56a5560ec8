import type { Statement } from '../talk/statement.ts';
import { namedPerson } from '../talk/whose.ts';

/** Another person, and the utterance that names him. */
export interface NamedPerson {
  person: string;
  utteranceId?: string;
}

/** A pronoun alone does not say whose illness it is; the note must not leave it to be the patient's. */
export const somebody: NamedPerson = { person: 'outra pessoa' };

/** The other person that a statement names. */
export function personIn(statement: Statement): NamedPerson | undefined {
  const person = namedPerson(statement);
  return person === undefined ? undefined : { person, utteranceId: statement.utteranceId };
}

/** The person named last in these statements. */
export function lastNamed(said: readonly Statement[]): NamedPerson | undefined {
  return said.map(personIn).findLast((named) => named !== undefined);
}

/** About whom statements are that do not name him themselves. */
export function unnamedIn(
  said: readonly Statement[],
  about: ReadonlyMap<Statement, NamedPerson>,
): NamedPerson | undefined {
  if (said.some((statement) => namedPerson(statement) !== undefined)) return undefined;
  return said.map((statement) => about.get(statement)).find((named) => named !== undefined);
}

/** Who relates, and about whom, when the quotation itself does not name them. */
export function speakerOf(
  patientIsChild: boolean,
  unknown: boolean,
  about: NamedPerson | undefined,
): string {
  const known = patientIsChild ? 'Acompanhante relata' : 'Relata';
  const speaker = unknown ? 'Fala sem autor identificado' : known;
  return about ? `${speaker} sobre ${about.person}` : speaker;
}
