import { Readable } from 'node:stream';
import type { Clock, Database, Logger, ObjectStore } from '@medcall/service-kit';
import { auditCall, type Calling } from '../calling.ts';
import type { DocumentPapers } from '../papers/document-papers.ts';
import type { NotePapers } from '../papers/note-papers.ts';
import { transcriptAsText } from '../transcript-formats.ts';
import { type ConsultationRecord, collectRecord, type PatientRecord } from './collect-record.ts';
import { type KeptSound, keptSounds, mayHear } from './kept-sounds.ts';
import { readableRecord } from './readable-record.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

/** A person's data to take away: JSON for machines, a page, the signed papers and the sound for people. */
export interface PatientExport {
  json(calling: Calling, patientId: string): Promise<PatientRecord>;
  /**
   * ZIP with leia-me.txt, prontuario.html, dados.json, documentos/, transcricoes/ and audio/, as it is made.
   * @throws AppError unavailable when a signed paper cannot be read, before anything is sent
   */
  archive(calling: Calling, patientId: string): Promise<Readable>;
}

export interface PatientExportDeps {
  db: Database;
  clock: Clock;
  logger: Logger;
  store: ObjectStore;
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
      // Before the first byte: a paper that is missing is an answer, not a torn file.
      const papers: PaperFile[] = [];
      for (const one of record.consultations) papers.push(...(await papersOf(deps, calling, one)));
      const sounds = await db.asUser(calling.caller, (trx) => keptSounds(trx, patientId), {
        readOnly: true,
      });
      const entries = entriesOf(deps, calling, { record, papers, sounds });
      return Readable.from(zipStream(entries, new Date(clock.now())), { objectMode: false });
    },
  };
}

interface PaperFile {
  name: string;
  pdf: Buffer;
}

async function* entriesOf(
  deps: PatientExportDeps,
  calling: Calling,
  { papers, record, sounds }: { record: PatientRecord; papers: PaperFile[]; sounds: KeptSound[] },
): AsyncGenerator<ZipEntry> {
  yield textFile('leia-me.txt', readMe(record, sounds.length > 0));
  yield textFile('prontuario.html', readableRecord(record));
  yield textFile('dados.json', `${JSON.stringify(record, null, 2)}\n`);
  for (const { name, pdf } of papers) {
    yield { name: `documentos/${name}`, compress: false, body: [pdf] };
  }
  for (const one of record.consultations) {
    const spoken = transcriptAsText(one.transcript);
    if (spoken !== '') yield textFile(`transcricoes/${nameOf(one)}.txt`, spoken);
  }
  for (const sound of sounds) {
    // Asked again at its turn: the consent may have been taken back while the rest was on its way.
    const allowed = await deps.db.asUser(calling.caller, (trx) => mayHear(trx, sound.id), {
      readOnly: true,
    });
    if (!allowed) continue;
    const body = await deps.store.read(sound.storageKey);
    if (body) {
      yield { name: `audio/${sound.name}`, compress: false, body };
      continue;
    }
    deps.logger.error({ recordingId: sound.id }, 'the sound of a recording is not in the store');
    yield textFile(
      `audio/${sound.name}.txt`,
      'Este áudio não está acessível agora: peça-o à clínica.\n',
    );
  }
}

function textFile(name: string, text: string): ZipEntry {
  return { name, compress: true, body: [Buffer.from(text)] };
}

function nameOf(one: ConsultationRecord): string {
  return `${one.at.slice(0, 10)}-${one.id.slice(0, 8)}`;
}

async function papersOf(
  { documentPapers, notePapers }: PatientExportDeps,
  calling: Calling,
  one: ConsultationRecord,
): Promise<PaperFile[]> {
  const papers: PaperFile[] = [];
  if (one.note) {
    papers.push({
      name: `${nameOf(one)}-nota.pdf`,
      pdf: await notePapers.copy(calling, one.id),
    });
  }
  for (const { id, kind } of one.documents) {
    papers.push({
      name: `${nameOf(one)}-${kind}-${id.slice(0, 8)}.pdf`,
      pdf: await documentPapers.copy(calling, { id: one.id, documentId: id }),
    });
  }
  return papers;
}

function readMe(record: PatientRecord, withSound: boolean): string {
  return [
    `Dados de ${record.patient.name} em ${record.clinic.name}`,
    '',
    'prontuario.html   o prontuário para ler em qualquer navegador, sem internet',
    'dados.json        os mesmos dados para outro sistema (LGPD, art. 18, V)',
    'documentos/       notas assinadas e documentos aprovados, em PDF',
    'transcricoes/     o que foi dito nas consultas transcritas',
    '',
    ...(withSound
      ? ['audio/            as gravações que o paciente autorizou guardar (Opus)']
      : []),
    '',
    'Não estão aqui: rascunhos e sugestões de inteligência artificial.',
    'Este arquivo tem dados de saúde: guarde-o em lugar seguro.',
    '',
  ].join('\n');
}
