import {
  type Incident,
  type IncidentFormField,
  type IncidentPeopleCount,
  incidentLabels as names,
} from '@medcall/shared-types';
import { dateInSaoPaulo, formatCnpj } from '@medcall/utils';
import { instantIn } from '../papers/dates.ts';

/** The controller, as the clinic's card has it. */
export interface Controller {
  nome: string;
  cnpj: string | null;
  endereco: string | null;
  telefone: string | null;
}

/** Days of this register are those of Brasília, where the authority sits. */
const timezone = 'America/Sao_Paulo';

export function brasilia(instant: string): string {
  return instantIn(new Date(instant), timezone);
}

type Part = [
  key: string,
  label: string,
  item: string,
  value: string | null,
  optional?: 'optional' | undefined,
];

/**
 * What a communication to the authority has to contain (RCIS, art. 6, § 2, I to XII), with what is known.
 * The order is that of a person who reads it, the item is that of the rule.
 */
export function incidentForm(
  one: Incident,
  controller: Controller,
  people: IncidentPeopleCount,
): IncidentFormField[] {
  const { facts, clock } = one;
  const late = clock.overdue || isLate(one);
  const parts: Part[] = [
    ['controller', 'Controlador', 'IX', controllerLine(controller, one.small_agent)],
    ['officer', 'Encarregado', 'VIII', joined([facts.officer_name, facts.officer_contact])],
    ['processor', 'Operador envolvido', 'X', facts.processor, 'optional'],
    ['description', 'Descrição do incidente', 'XI', facts.description],
    ['cause', 'Causa principal', 'XI', facts.cause, 'optional'],
    ['properties', 'O que foi violado', 'XI', list(facts.properties, names.properties), 'optional'],
    ['occurred_at', 'Quando ocorreu', 'VII', when(one.occurred_at), 'optional'],
    ['detected_at', 'Quando foi notado', 'VII', brasilia(one.detected_at), 'optional'],
    ['known_at', 'Quando se soube que afetou dados pessoais', 'VII', when(one.known_at)],
    [
      'data',
      'Natureza e categoria dos dados',
      'I',
      joined([list(facts.data_kinds, names.dataKinds), facts.data_details], '. '),
    ],
    ['affected', 'Titulares afetados', 'II', affected(facts, people)],
    ['processed_total', 'Titulares tratados na atividade', 'XII', figure(facts.processed_total)],
    ['measures_before', 'Medidas de segurança antes', 'III', facts.measures_before],
    ['measures_after', 'Medidas de segurança depois', 'III', facts.measures_after],
    ['risks', 'Riscos e possíveis impactos aos titulares', 'IV', facts.risks],
    ['mitigation', 'Medidas para reverter ou mitigar', 'VI', facts.mitigation],
    ['delay_reason', 'Motivos da demora', 'V', facts.delay_reason, late ? undefined : 'optional'],
  ];
  return parts.map(([key, label, item, value, optional]) => ({
    key,
    label,
    basis: `RCIS, art. 6º, § 2º, ${item}`,
    value: value === '' ? null : value,
    required: optional === undefined,
  }));
}

export function missingParts(form: readonly IncidentFormField[]): string[] {
  return form.filter(({ required, value }) => required && value === null).map((part) => part.label);
}

/** How many people, and of which ages: what was stated, or else what the linked cards say. */
function affected(facts: Incident['facts'], people: IncidentPeopleCount): string | null {
  const linked = people.linked > 0 ? people : null;
  const total = facts.affected_total ?? linked?.linked;
  if (total === undefined) return null;
  const ages = [
    ['crianças', facts.affected_children ?? linked?.children],
    ['adolescentes', facts.affected_adolescents ?? linked?.adolescents],
    ['idosos', facts.affected_elderly ?? linked?.elderly],
  ] as const;
  const known = ages.map(([name, count]) => `${name}: ${count ?? 'não informado'}`);
  return `${total} no total (${known.join('; ')})`;
}

/** The authority was told after the last day. */
function isLate({ authority_at, clock }: Incident): boolean {
  return (
    authority_at !== null &&
    clock.due_on !== null &&
    dateInSaoPaulo(Date.parse(authority_at)) > clock.due_on
  );
}

function controllerLine(controller: Controller, small: boolean): string | null {
  const { nome, cnpj, endereco, telefone } = controller;
  if (cnpj === null) return null;
  return joined([
    nome,
    `CNPJ ${formatCnpj(cnpj)}`,
    endereco,
    telefone,
    small ? 'declara-se agente de tratamento de pequeno porte (Res. CD/ANPD nº 2/2022)' : null,
  ]);
}

export function list<K extends string>(keys: readonly K[], labels: Record<K, string>): string {
  return keys.map((key) => labels[key]).join('; ');
}

export function joined(parts: readonly (string | null)[], between = ' · '): string {
  return parts.filter((part) => part !== null && part !== '').join(between);
}

function when(instant: string | null): string | null {
  return instant === null ? null : brasilia(instant);
}

function figure(count: number | null): string | null {
  return count === null ? null : String(count);
}
