import { type Incident, type IncidentNotice, incidentLabels as names } from '@medcall/shared-types';
import { brasilia, type Controller, joined, list } from './incident-form.ts';

/**
 * Drafts of the notice to the people concerned, in plain words, with what has to be in it (RCIS, art. 9,
 * § 1): kind of data, measures, risks, reasons of a delay, what is done against it, when it was known, whom
 * to ask. What is not known yet stands in brackets; a person finishes and sends it.
 */
export function incidentNotice(one: Incident, clinic: Controller): IncidentNotice {
  const missing: string[] = [];
  const or = (value: string | null, gap: string): string => {
    if (value !== null && value !== '') return value;
    missing.push(gap);
    return `[${gap}]`;
  };
  const { facts } = one;
  const known = or(one.known_at && brasilia(one.known_at), 'quando a clínica soube');
  const sections = [
    section('O que aconteceu', or(facts.description, 'o que aconteceu')),
    section(
      'Quais dados foram afetados',
      or(
        joined([list(facts.data_kinds, names.dataKinds), facts.data_details], '. '),
        'quais dados foram afetados',
      ),
    ),
    section('O que isso pode causar', or(facts.risks, 'os riscos para a pessoa')),
    section(
      'O que fizemos',
      [
        `Proteção que já existia: ${or(facts.measures_before, 'medidas de segurança antes')}`,
        `Depois do incidente: ${or(facts.measures_after, 'medidas de segurança depois')}`,
        `Para reverter ou reduzir os efeitos: ${or(facts.mitigation, 'medidas para reverter ou reduzir')}`,
      ].join('\n'),
    ),
    ...(facts.delay_reason || one.clock.overdue
      ? [section('Por que avisamos só agora', or(facts.delay_reason, 'motivos da demora'))]
      : []),
    section('O que você pode fazer', adviceFor(one)),
    section(
      'Com quem falar',
      [
        `Encarregado pelos dados pessoais: ${or(
          joined([facts.officer_name, facts.officer_contact]),
          'nome e contato do encarregado',
        )}`,
        'Você também pode procurar a Autoridade Nacional de Proteção de Dados: www.gov.br/anpd',
      ].join('\n'),
    ),
  ];
  const opening = `Houve um problema de segurança que afetou dados pessoais`;
  const page = (first: string) => `${[first, ...sections].join('\n\n')}\n`;
  return {
    subject: `${clinic.nome}: aviso sobre os seus dados`,
    individual: page(
      `Olá, [nome da pessoa].\n\nEscrevemos em nome de ${clinic.nome}. ${opening} seus. Soubemos disso em ${known}.`,
    ),
    public: page(
      `${clinic.nome}: aviso aos pacientes\n\n${opening} de pacientes. Soubemos disso em ${known}. Este aviso é público porque não foi possível falar com cada pessoa.`,
    ),
    missing,
  };
}

function section(heading: string, text: string): string {
  return `${heading}\n${text}`;
}

function adviceFor({ facts }: Incident): string {
  const advice = [
    'Desconfie de ligações, mensagens e e-mails em nome da clínica que peçam senha, pagamento ou documentos. Na dúvida, fale com a clínica antes de responder.',
  ];
  if (facts.data_kinds.includes('authentication')) {
    advice.push('Troque a senha que você usava, também onde usou a mesma.');
  }
  if (facts.data_kinds.includes('financial')) {
    advice.push('Acompanhe seus extratos e avise o banco se notar algo estranho.');
  }
  return advice.join('\n');
}
