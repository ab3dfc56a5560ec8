import { Readable } from 'node:stream';
import type { Clock, Database, Trx } from '@medcall/service-kit';
import {
  type IncidentDetail,
  type IncidentNotice,
  type IncidentVersion,
  incidentPartName,
  incidentLabels as names,
} from '@medcall/shared-types';
import type { Calling } from '../calling.ts';
import { csvOf } from '../csv.ts';
import { type ZipEntry, zipStream } from '../data-requests/zip-stream.ts';
import { html } from '../html-text.ts';
import { dayOf } from '../papers/dates.ts';
import { brasilia, type Controller } from './incident-form.ts';
import { incidentNotice } from './incident-notice.ts';
import { selectPeople } from './incident-people.ts';
import { findIncident } from './incident-rows.ts';
import { auditIncident, controllerOf, incidentDetail, incidentHistory } from './incidents.ts';

/** One incident to take away, for machines: nobody's name is in it. */
export interface IncidentRecord {
  format: 'medcall-incident/1';
  exported_at: string;
  controller: Controller;
  incident: IncidentDetail;
  history: IncidentVersion[];
}

/** What leaves the register: drafts of the notice, the communication for the authority. */
export interface IncidentPapers {
  notice(calling: Calling, id: string): Promise<IncidentNotice>;
  json(calling: Calling, id: string): Promise<IncidentRecord>;
  /** ZIP with leia-me.txt, comunicacao.html, incidente.json, aviso-aos-titulares.txt, pessoas-afetadas.csv. */
  archive(calling: Calling, id: string): Promise<Readable>;
}

const oneMoment = { isolation: 'repeatable read' } as const;

export function createIncidentPapers(db: Database, clock: Clock): IncidentPapers {
  const collect = async (trx: Trx, calling: Calling, id: string, format: string) => {
    const row = await findIncident(trx, id);
    const record: IncidentRecord = {
      format: 'medcall-incident/1',
      exported_at: new Date(clock.now()).toISOString(),
      controller: await controllerOf(trx),
      incident: await incidentDetail(trx, row, clock.now()),
      history: await incidentHistory(trx, id),
    };
    await auditIncident(trx, calling, id, 'incident.export', { format });
    return record;
  };
  return {
    notice: (calling, id) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const one = await incidentDetail(trx, await findIncident(trx, id), clock.now());
          return incidentNotice(one, await controllerOf(trx));
        },
        { readOnly: true },
      ),

    json: (calling, id) =>
      db.asUser(calling.caller, (trx) => collect(trx, calling, id, 'json'), oneMoment),

    archive: (calling, id) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const record = await collect(trx, calling, id, 'zip');
          const people = await selectPeople(trx, id).orderBy('p.name').execute();
          const files = filesOf(record, people);
          return Readable.from(zipStream(entriesOf(files), new Date(clock.now())), {
            objectMode: false,
          });
        },
        oneMoment,
      ),
  };
}

type People = Awaited<ReturnType<ReturnType<typeof selectPeople>['execute']>>;

function filesOf(record: IncidentRecord, people: People): [name: string, text: string][] {
  const notice = incidentNotice(record.incident, record.controller);
  return [
    ['leia-me.txt', readMe],
    ['comunicacao.html', communicationPage(record)],
    ['incidente.json', `${JSON.stringify(record, null, 2)}\n`],
    [
      'aviso-aos-titulares.txt',
      `Assunto: ${notice.subject}\n\n${notice.individual}\n----------\n\n${notice.public}`,
    ],
    [
      'pessoas-afetadas.csv',
      csvOf(
        ['nome', 'identificador', 'encontrada por', 'tem contato'],
        people.map((one) => [
          one.name,
          one.patient_id,
          one.found_by === 'audit' ? 'auditoria' : 'escolha',
          one.reachable ? 'sim' : 'não',
        ]),
      ),
    ],
  ];
}

const readMe = `Registro de um incidente de segurança

comunicacao.html          o que a ANPD pergunta no formulário, campo a campo, e o histórico; imprime-se pelo navegador
incidente.json            o mesmo, para sistemas
aviso-aos-titulares.txt   rascunhos do aviso: revise e complete o que está entre colchetes
pessoas-afetadas.csv      nomes de pacientes: uso da clínica, não se envia à ANPD

A comunicação é feita no formulário eletrônico da ANPD (www.gov.br/anpd). Este arquivo ajuda a
preenchê-lo e não o substitui. Guarde o registro por ao menos cinco anos.
`;

async function* entriesOf(files: readonly [string, string][]): AsyncGenerator<ZipEntry> {
  for (const [name, text] of files) yield { name, compress: true, body: [Buffer.from(text)] };
}

/** The form of the authority, field by field, for a person to read, copy and print. */
function communicationPage({ exported_at, history, incident }: IncidentRecord): string {
  const { clock } = incident;
  const states: [string, string | null][] = [
    ['Situação', names.status[incident.status]],
    ['Último dia para comunicar', clock.due_on && dayOf(clock.due_on)],
    ['Avaliação', incident.assessment],
    ['Critérios', incident.criteria.map((key) => names.criteria[key]).join('; ')],
    ['Por que não foi comunicado', incident.not_required_reason],
    ['Comunicado à ANPD', incident.authority_at && brasilia(incident.authority_at)],
    ['Protocolo', incident.authority_protocol],
    ['Completar até', clock.complete_by && dayOf(clock.complete_by)],
    ['Comunicação completada', incident.completed_at && brasilia(incident.completed_at)],
    ['Titulares avisados', incident.people_at && brasilia(incident.people_at)],
    ['Forma do aviso', incident.people_channel && names.channel[incident.people_channel]],
    ['Encerrado', incident.closed_at && brasilia(incident.closed_at)],
    ['Conclusão', incident.closing_note],
  ];
  return `<!doctype html>
<html lang="pt-BR">
<head><meta charset="utf-8"><title>${html`Incidente ${String(incident.number)}: ${incident.title}`}</title>
<style>body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.35rem .6rem;text-align:left;vertical-align:top}td{white-space:pre-line}th{width:16rem}small{font-weight:normal;color:#555;display:block}.gap{color:#a30000}</style>
</head>
<body>
<h1>${html`Incidente ${String(incident.number)}: ${incident.title}`}</h1>
<p>${html`Cópia de ${brasilia(exported_at)}. Base: LGPD, art. 48; regulamento da Resolução CD/ANPD nº 15/2024 (RCIS).`}</p>
<h2>O que a comunicação à ANPD deve conter</h2>
<table>
${incident.form
  .map(({ basis, label, required, value }) =>
    value === null
      ? html`<tr><th>${label}<small>${basis}</small></th><td class="gap">${required ? 'Falta informar' : 'Não informado'}</td></tr>`
      : html`<tr><th>${label}<small>${basis}</small></th><td>${value}</td></tr>`,
  )
  .join('\n')}
</table>
<h2>Avaliação e andamento</h2>
<table>
${states
  .filter(([, value]) => value)
  .map(([label, value]) => html`<tr><th>${label}</th><td>${value ?? ''}</td></tr>`)
  .join('\n')}
</table>
<h2>O que se sabia, e quando</h2>
<table><tr><th>Quando</th><th>Quem</th><th>O que mudou</th></tr>
${history
  .map(
    (one) =>
      html`<tr><td>${brasilia(one.at)}</td><td>${one.by ?? ''}</td><td>${[one.changed.map(incidentPartName).join(', '), one.reason ?? ''].filter(Boolean).join('\n')}</td></tr>`,
  )
  .join('\n')}
</table>
</body>
</html>
`;
}
