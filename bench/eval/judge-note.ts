import type { GuidelineLibrary } from '../../apps/backend/ai-service/src/services/guidelines/library.ts';
import type { Lexicon } from '../../apps/backend/ai-service/src/services/lexicon.ts';
import { checkDraft } from '../../apps/backend/ai-service/src/services/note/check-draft.ts';
import { codeCandidates } from '../../apps/backend/ai-service/src/services/note/code-candidates.ts';
import type { NoteWriter } from '../../apps/backend/ai-service/src/services/note/note-writer.ts';
import { isChild } from '../../apps/backend/ai-service/src/services/questions/patient-context.ts';
import { readTalk } from '../../apps/backend/ai-service/src/services/questions/read-talk.ts';
import type { EvalConsultation } from '../../tests/eval/eval-format.ts';
import { anyPhraseOccurs } from '../../tests/eval/phrase-match.ts';
import { onFile } from './consultations.ts';

export interface NoteCounts {
  sentences: number;
  /** Sentences whose utterances all exist, at least one each. */
  linked: number;
  dropped: number;
  facts: number;
  factsFound: number;
  /** Mistakes that the reference warns of, and denials reported as their opposite. */
  invented: number;
  /** … of them in words that are not a verbatim quotation. */
  inventedOutsideQuotes: number;
  codes: number;
  /** One of the first five of each table is right. */
  codesRight: number;
  missedFacts: string[];
  inventions: string[];
  /** The embedded engine wrote in another's place. */
  fallbacks: number;
}

const firstCodes = 5;
const sections = ['subjetivo', 'objetivo', 'avaliacao', 'plano'] as const;

const deadlineMs = 120_000;

/** Drafts the note of a consultation and compares what of it is supported with the reference. */
export async function judgeNote(
  writer: NoteWriter,
  consultation: EvalConsultation,
  lexicon: Lexicon,
  library: GuidelineLibrary,
): Promise<NoteCounts> {
  const { id, utterances } = consultation;
  const { fallbackReason, generated, sentences } = await writer.write(
    { consultationId: id, clinicaId: '', patient: onFile(consultation), utterances },
    AbortSignal.timeout(deadlineMs),
  );
  const talk = readTalk(onFile(consultation), utterances);
  const patientIsChild = isChild(talk.patient);
  const draft = checkDraft(sentences, utterances, {
    drugs: lexicon.drugNames,
    expand: lexicon.expandSynonyms,
    patientIsChild,
    generated,
  });
  const written = sections.flatMap((section) =>
    draft.sections[section].map((sentence) => ({ section, ...sentence })),
  );
  const known = new Set(utterances.map((utterance) => utterance.id));
  const found = consultation.facts.filter((fact) =>
    written.some(
      ({ section, text }) =>
        [fact.section, ...(fact.also_accepted_in ?? [])].includes(section) &&
        fact.must_contain_any.every((phrases) => anyPhraseOccurs(text, phrases)),
    ),
  );
  const inventions: Invention[] = [
    ...consultation.lures.flatMap((lure) =>
      written
        .filter(
          ({ text }) =>
            anyPhraseOccurs(text, lure.forbidden_any) && !anyPhraseOccurs(text, lure.allowed_with),
        )
        .map(({ text }) => ({
          what: `${id}: ${lure.text} (${lure.why})`,
          text,
          quoted: !anyPhraseOccurs(withoutQuotes(text), lure.forbidden_any),
        })),
    ),
    ...consultation.facts
      .filter((fact) => fact.negated)
      .flatMap((fact) => opposites(id, fact, written)),
  ];
  const candidates = codeCandidates({
    utterances,
    complaints: talk.complaints,
    patientIsChild,
    sex: talk.patient.sex,
    guideline: (slug) => library.document(slug)?.head,
    tables: lexicon.codeTables,
    expand: lexicon.expandSynonyms,
  });
  const right = (offered: readonly { code: string }[], reference: readonly string[]) =>
    offered.slice(0, firstCodes).some(({ code }) => reference.includes(code.slice(0, 3))) ? 1 : 0;
  return {
    sentences: written.length,
    linked: written.filter(
      ({ transcription_ids: ids }) => ids.length > 0 && ids.every((one) => known.has(one)),
    ).length,
    dropped: draft.dropped.count,
    facts: consultation.facts.length,
    factsFound: found.length,
    invented: inventions.length,
    inventedOutsideQuotes: inventions.filter(({ quoted }) => !quoted).length,
    codes: 2,
    codesRight:
      right(candidates.cid10.items, consultation.cid10_candidates) +
      right(candidates.ciap2.items, consultation.ciap2_candidates),
    missedFacts: consultation.facts
      .filter((fact) => !found.includes(fact))
      .map((fact) => `${id}/${fact.id}: ${fact.fact}`),
    inventions: inventions.map(({ what, text }) => `${what}: ${text}`),
    fallbacks: fallbackReason === null ? 0 : 1,
  };
}

type Fact = EvalConsultation['facts'][number];

interface Invention {
  what: string;
  text: string;
  /** The words in question stand in quotation marks: somebody said them. */
  quoted: boolean;
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, ' ');
}

/** A sentence that names another person is about that person. */
const relative =
  /(?<!\p{L})(?:pai|mãe|irmão|irmã|avô|avó|tio|tia|primo|prima|filho|filha|marido|esposa)(?!\p{L})/iu;

/**
 * Sentences, where the fact belongs, that hold everything of a denial but the denial. Only those that rest
 * on an utterance of the fact: what is told elsewhere ("minha irmã teve diabetes", "torci o joelho
 * jogando") shares its words and is not its opposite.
 */
function opposites(
  id: string,
  fact: Fact,
  written: readonly { section: string; text: string; transcription_ids: readonly string[] }[],
): Invention[] {
  const denial = fact.must_contain_any.find((phrases) => phrases.includes('neg')) ?? [];
  const rest = fact.must_contain_any.filter((phrases) => phrases !== denial);
  return written
    .filter(
      ({ section, text, transcription_ids: ids }) =>
        ids.some((one) => fact.support.includes(one)) &&
        (!relative.test(text) || relative.test(fact.fact)) &&
        [fact.section, ...(fact.also_accepted_in ?? [])].some((one) => one === section) &&
        rest.length > 0 &&
        rest.every((phrases) => anyPhraseOccurs(text, phrases)) &&
        !anyPhraseOccurs(text, denial),
    )
    .map(({ text }) => ({
      what: `${id}: the opposite of "${fact.fact}"`,
      text,
      quoted: !rest.every((phrases) => anyPhraseOccurs(withoutQuotes(text), phrases)),
    }));
}
