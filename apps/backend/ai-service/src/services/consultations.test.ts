import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialogue } from '../testing/dialogue.ts';
import { play } from '../testing/play.ts';
import { loadLexicon } from './lexicon.ts';
import { checkDraft } from './note/check-draft.ts';
import { extractNote } from './note/extract-note.ts';
import { isChild } from './questions/patient-context.ts';
import { maxOpen } from './questions/place-questions.ts';
import { readTalk } from './questions/read-talk.ts';

// Consultations of invented people, written to be read as a doctor reads them: what is asked, what the note says.
const folder = new URL('../testing/consultations/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace('.txt', ''));
const talkOf = (name: string) => dialogue(readFileSync(new URL(`${name}.txt`, folder), 'utf8'));
const { drugNames, expandSynonyms } = loadLexicon();

function noteOf(name: string) {
  const utterances = talkOf(name);
  const patientIsChild = isChild(readTalk({}, utterances).patient);
  const rules = { drugs: drugNames, expand: expandSynonyms, patientIsChild };
  return checkDraft(extractNote({}, utterances), utterances, rules);
}

describe.each(names)('%s', (name) => {
  it('is asked about one topic once, none that was covered, three at a time', () => {
    const { mostOpen, offers } = play(talkOf(name));
    const topics = offers.map(({ chosen }) => chosen.question.topic);
    expect(topics.length).toBeGreaterThan(2);
    expect(new Set(topics).size).toBe(topics.length);
    expect(mostOpen).toBeLessThanOrEqual(maxOpen);
    for (const { chosen, coveredBefore } of offers) {
      expect(coveredBefore.has(chosen.question.topic)).toBe(false);
    }
  });

  it('has a note of which every sentence is supported, with what the patient came for first', () => {
    const { dropped, sections } = noteOf(name);
    expect(dropped.count).toBe(0);
    expect(sections.plano.length).toBeGreaterThan(0);
    if (name !== 'diabetes-revisao') {
      expect(sections.subjetivo[0]?.text).toMatch(/^Queixa principal: /);
    }
  });
});

describe('the first question', () => {
  it.each([
    ['pinta', /cor ou de forma, sangra/],
    ['lombalgia', /controle da urina/],
    ['saude-mental', /pensado em morrer/],
    ['gestante', /Como está a pressão/],
    ['crianca', /A criança/],
    ['ferida-genital', /testículo/],
    ['tireoide', /pescoço/],
    ['pos-operatorio', /barriga dura/],
    ['marido-prostata', /sangue na urina/],
    ['mae-quedas', /após queda/],
  ])('of %s looks for its danger', (name, danger) => {
    const [first] = play(talkOf(name)).offers;
    expect(first?.chosen.question).toMatchObject({ redFlag: true });
    const early = play(talkOf(name)).offers.slice(0, 2);
    expect(early.map(({ chosen }) => chosen.question.ask).join(' ')).toMatch(danger);
  });
});

describe('the note', () => {
  it.each([
    // What was found while examining, in the doctor's words.
    ['pinta', 'objetivo', 'A lesão tem bordas irregulares e duas cores'],
    ['tireoide', 'objetivo', 'Ela está um pouco aumentada, sem nódulos'],
    ['diabetes-revisao', 'objetivo', 'O pé esquerdo tem uma úlcera no hálux, sem secreção'],
    ['idosa-polifarmacia', 'objetivo', 'Deitada quatorze por oito, em pé dez por seis'],
    // What a companion says, of whom nobody knows who speaks.
    ['idosa-polifarmacia', 'subjetivo', 'Ela caiu no banheiro na semana passada, bateu o braço'],
    ['idosa-polifarmacia', 'subjetivo', 'Ela toma também o amitriptilina de noite'],
    // … and one who says who he is: 'ela' is the patient, 'eu' is he.
    ['mae-quedas', 'subjetivo', 'Queixa principal: "Ela anda esquecida'],
    ['mae-quedas', 'subjetivo', 'Relata sobre filha: "Eu também quase não durmo'],
    ['marido-prostata', 'subjetivo', 'Queixa principal: "Ele está levantando'],
    // Answers that mean nothing without their question.
    ['gestante', 'subjetivo', 'Sente dor na boca do estômago?'],
    ['lombalgia', 'subjetivo', 'Desce até onde, é na direita ou na esquerda?'],
    ['ferida-genital', 'subjetivo', 'Já fez exame de HIV?'],
    // Illness of relatives, also at the very end.
    ['gestante', 'subjetivo', 'Minha mãe teve eclâmpsia'],
    ['diabetes-revisao', 'subjetivo', 'Meu pai perdeu a perna por causa disso'],
  ] as const)('of %s holds in %s: %s', (name, section, words) => {
    const texts = noteOf(name).sections[section].map(({ text }) => text);
    expect(texts.join('\n')).toContain(words);
  });

  it('says nothing of a bad line, and plans no examination that is done at once', () => {
    const all = (name: string) =>
      Object.values(noteOf(name).sections).flatMap((sentences) =>
        sentences.map(({ text }) => text),
      );
    expect(all('pos-operatorio').join('\n')).not.toContain('travou');
    expect(all('crianca').join('\n')).not.toContain('Vou escutar o pulmão');
  });

  it('takes no patient for somebody else where a companion speaks of him', () => {
    for (const name of ['marido-prostata', 'mae-quedas']) {
      const { sections } = noteOf(name);
      const told = sections.subjetivo.map(({ text }) => text).join('\n');
      expect(told).not.toContain('outra pessoa');
      expect(told).not.toMatch(/^(?:Toma (?:metformina|até zolpidem)|Nega dor)/m);
    }
    const { complaints } = readTalk({}, talkOf('marido-prostata'));
    expect(complaints.map(({ complaint }) => complaint.id)).toEqual(['urina-homem']);
  });
});
