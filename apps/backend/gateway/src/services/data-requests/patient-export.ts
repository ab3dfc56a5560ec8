import { AppError, type Clock, type Database } from '@medcall/service-kit';
import { strToU8, type Zippable, zip } from 'fflate';
import { auditCall, type Calling } from '../calling.ts';
import type { DocumentPapers } from '../papers/document-papers.ts';
import type { NotePapers } from '../papers/note-papers.ts';
import { transcriptAsText } from '../transcript-formats.ts';
import { type ConsultationRecord, collectRecord, type PatientRecord } from './collect-record.ts';
import { readableRecord } from './readable-record.ts';

/** A person's data to take away: JSON for machines, a page and the signed papers for people. */
export interface PatientExport {
  json(calling: Calling, patientId: string): Promise<PatientRecord>;
  /** ZIP with leia-me.txt, prontuario.html, dados.json, documentos/ and transcricoes/. */
  archive(calling: Calling, patientId: string): Promise<Buffer>;
}

export interface PatientExportDeps {
  db: Database;
  clock: Clock;
  notePapers: NotePapers;
  documentPapers: DocumentPapers;
}

const oneMoment = { readOnly: true, isolation: 'repeatable read' } as const;

export function createPatientExport(deps: PatientExportDeps): PatientExport {
  const { db, clock } = deps;
  const collect = async (calling: Calling, patientId: string, format: string) => {
    const record = await db.asUser(
      calling.caller,
      (trx) => collectRecord(trx, patientId, clock.now()),
      oneMoment,
    );
    await db.asUser(calling.caller, (trx) =>
      auditCall(trx, calling, {
        action: 'patient.export',
        tableName: 'patients',
        recordId: patientId,
        patientId,
        changes: { format },
      }),
    );
    return record;
  };
  return {
    json: (calling, patientId) => collect(calling, patientId, 'json'),
    async archive(calling, patientId) {
      const record = await collect(calling, patientId, 'zip');
      const files: Zippable = {
        'leia-me.txt': strToU8(readMe(record)),
        'prontuario.html': strToU8(readableRecord(record)),
        'dados.json': strToU8(`${JSON.stringify(record, null, 2)}\n`),
      };
      for (const one of record.consultations) {
        Object.assign(files, await filesOf(deps, calling, one));
      }
      return zipped(files, clock.now());
    },
  };
}

async function filesOf(
  { notePapers, documentPapers }: PatientExportDeps,
  calling: Calling,
  one: ConsultationRecord,
): Promise<Zippable> {
  const files: Zippable = {};
  const name = `${one.at.slice(0, 10)}-${one.id.slice(0, 8)}`;
  if (one.note) files[`documentos/${name}-nota.pdf`] = await notePapers.pdf(calling, one.id);
  for (const { id, kind } of one.documents) {
    const { pdf } = await documentPapers.pdf(calling, { id: one.id, documentId: id });
    files[`documentos/${name}-${kind}-${id.slice(0, 8)}.pdf`] = pdf;
  }
  const spoken = transcriptAsText(one.transcript);
  if (spoken !== '') files[`transcricoes/${name}.txt`] = strToU8(spoken);
  return files;
}

function readMe(record: PatientRecord): string {
  return [
    `Dados de ${record.patient.name} em ${record.clinic.name}`,
    '',
    'prontuario.html   o prontuário para ler em qualquer navegador, sem internet',
    'dados.json        os mesmos dados para outro sistema (LGPD, art. 18, V)',
    'documentos/       notas assinadas e documentos aprovados, em PDF',
    'transcricoes/     o que foi dito nas consultas transcritas',
    '',
    'Não estão aqui: rascunhos, sugestões de inteligência artificial e o áudio de gravações,',
    'que se pede à clínica enquanto a autorização de guardar vale.',
    'Este arquivo tem dados de saúde: guarde-o em lugar seguro.',
    '',
  ].join('\n');
}

function zipped(files: Zippable, now: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // PDFs are compressed already.
  const level = (name: string) => (name.endsWith('.pdf') ? 0 : 6);
  const entries = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [
      name,
      [bytes as Uint8Array, { level: level(name), mtime: new Date(now) }],
    ]),
  );
  zip(entries as Zippable, (error, bytes) =>
    error ? reject(new AppError('internal', { cause: error })) : resolve(Buffer.from(bytes)),
  );
  return promise;
}
