import { z } from 'zod';
import type { ChatCall } from '../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import { questionBank } from '../bank/question-bank.ts';
import { words } from '../services/text/fold.ts';

export const questionInput = z.object({
  paciente: z.object({ idade: z.number().nullable(), sexo: z.string().nullable() }),
  vagas: z.number(),
  topicos_abertos: z.record(z.string(), z.string()),
  trechos: z.array(
    z.object({ id: z.string(), documento: z.string(), secao: z.string(), texto: z.string() }),
  ),
  transcricao: z.array(z.object({ quem: z.string(), texto: z.string() })),
});

/** Answers as a model that does what the prompt says: open topics only, each with a passage that speaks of it. */
export function diligentModel(call: ChatCall, count = 6) {
  const input = questionInput.parse(JSON.parse(call.user));
  const asked = questionBank.complaints
    .flatMap((complaint) => complaint.questions)
    .filter(({ topic }) => topic in input.topicos_abertos);
  const proposals = asked.flatMap(({ ask, redFlag, topic }) => {
    const passage = input.trechos.find(({ texto }) => sharesWord(ask, texto));
    return passage
      ? [
          {
            topico: topic,
            pergunta: ask,
            trecho: passage.id,
            alarme: redFlag ?? false,
          },
        ]
      : [];
  });
  const once = new Map(proposals.map((one) => [one.topico, one]));
  return { perguntas: [...once.values()].slice(0, count) };
}

function sharesWord(ask: string, text: string): boolean {
  const there = new Set(words(text).map((word) => word.slice(0, 5)));
  return words(ask).some((word) => word.length >= 5 && there.has(word.slice(0, 5)));
}
