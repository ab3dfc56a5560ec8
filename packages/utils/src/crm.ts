/** The 26 states and the Federal District: each has its Conselho Regional de Medicina. */
export const federativeUnits = [
  'AC',
  'AL',
  'AM',
  'AP',
  'BA',
  'CE',
  'DF',
  'ES',
  'GO',
  'MA',
  'MG',
  'MS',
  'MT',
  'PA',
  'PB',
  'PE',
  'PI',
  'PR',
  'RJ',
  'RN',
  'RO',
  'RR',
  'RS',
  'SC',
  'SE',
  'SP',
  'TO',
] as const;
export type FederativeUnit = (typeof federativeUnits)[number];

/** A doctor's registration. It has no check digit: only its form can be verified. */
export interface Crm {
  readonly number: string;
  readonly uf: FederativeUnit;
}

/** Reads `CRM 123456/SP`, `CRM/SP 123456`, `123456-SP` and the like; null when it is none. */
export function parseCrm(written: string): Crm | null {
  const text = written.trim().toUpperCase();
  const numberFirst = /^(?:CRM\s*[:\-/]?\s*)?(\d[\d.]{2,8})\s*[-/ ]\s*([A-Z]{2})$/.exec(text);
  const stateFirst = /^CRM\s*[-/ ]\s*([A-Z]{2})\s*[-/: ]?\s*(\d[\d.]{2,8})$/.exec(text);
  const number = (numberFirst?.[1] ?? stateFirst?.[2])?.replaceAll('.', '');
  const uf = numberFirst?.[2] ?? stateFirst?.[1];
  if (number === undefined || uf === undefined) return null;
  return /^\d{4,7}$/.test(number) && isFederativeUnit(uf) ? { number, uf } : null;
}

/** As it is stored and printed: `123456/SP`. */
export function formatCrm(crm: Crm): string {
  return `${crm.number}/${crm.uf}`;
}

export function isFederativeUnit(value: string): value is FederativeUnit {
  return (federativeUnits as readonly string[]).includes(value);
}

/** Registro de Qualificação de Especialista: one to seven digits, for example from `RQE 12.345`. */
export function parseRqe(written: string): string | null {
  const digits = /^(?:RQE\s*[:\-/]?\s*(?:N[º°.]?\s*)?)?([\d.]{1,9})$/i.exec(written.trim())?.[1];
  const number = digits?.replaceAll('.', '');
  return number !== undefined && /^\d{1,7}$/.test(number) ? number : null;
}
