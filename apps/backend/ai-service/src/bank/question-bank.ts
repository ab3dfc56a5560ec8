import type { Complaint } from './complaint.ts';
import { anamneseGeral } from './complaints/anamnese-geral.ts';
import { ansiedade } from './complaints/ansiedade.ts';
import { artralgia } from './complaints/artralgia.ts';
import { asma } from './complaints/asma.ts';
import { azia } from './complaints/azia.ts';
import { cansaco } from './complaints/cansaco.ts';
import { cefaleia } from './complaints/cefaleia.ts';
import { checkUp } from './complaints/check-up.ts';
import { constipacao } from './complaints/constipacao.ts';
import { depressao } from './complaints/depressao.ts';
import { diabetes } from './complaints/diabetes.ts';
import { diarreia } from './complaints/diarreia.ts';
import { dispneia } from './complaints/dispneia.ts';
import { dorAbdominal } from './complaints/dor-abdominal.ts';
import { dorGarganta } from './complaints/dor-garganta.ts';
import { dorOuvido } from './complaints/dor-ouvido.ts';
import { dorToracica } from './complaints/dor-toracica.ts';
import { edema } from './complaints/edema.ts';
import { febreAdulto } from './complaints/febre-adulto.ts';
import { febreCrianca } from './complaints/febre-crianca.ts';
import { gestacao } from './complaints/gestacao.ts';
import { ginecologica } from './complaints/ginecologica.ts';
import { hipertensao } from './complaints/hipertensao.ts';
import { infeccaoUrinaria } from './complaints/infeccao-urinaria.ts';
import { insonia } from './complaints/insonia.ts';
import { ist } from './complaints/ist.ts';
import { lesaoSuspeita } from './complaints/lesao-suspeita.ts';
import { lombalgia } from './complaints/lombalgia.ts';
import { memoria } from './complaints/memoria.ts';
import { narizFace } from './complaints/nariz-face.ts';
import { olhoVermelho } from './complaints/olho-vermelho.ts';
import { palpitacoes } from './complaints/palpitacoes.ts';
import { pele } from './complaints/pele.ts';
import { pesoExcesso } from './complaints/peso-excesso.ts';
import { queda } from './complaints/queda.ts';
import { renovacaoReceita } from './complaints/renovacao-receita.ts';
import { tabagismo } from './complaints/tabagismo.ts';
import { tireoide } from './complaints/tireoide.ts';
import { tontura } from './complaints/tontura.ts';
import { tosse } from './complaints/tosse.ts';
import { urinaHomem } from './complaints/urina-homem.ts';

/** Every complaint that the bank knows, and what is asked when none is recognised. */
export const questionBank: { complaints: readonly Complaint[]; fallback: Complaint } = {
  complaints: [
    dorToracica,
    palpitacoes,
    hipertensao,
    edema,
    diabetes,
    renovacaoReceita,
    pesoExcesso,
    tireoide,
    tabagismo,
    dorAbdominal,
    diarreia,
    azia,
    constipacao,
    febreCrianca,
    febreAdulto,
    cansaco,
    checkUp,
    ansiedade,
    depressao,
    insonia,
    lombalgia,
    artralgia,
    pele,
    lesaoSuspeita,
    olhoVermelho,
    cefaleia,
    tontura,
    queda,
    memoria,
    tosse,
    dispneia,
    asma,
    dorGarganta,
    dorOuvido,
    narizFace,
    infeccaoUrinaria,
    urinaHomem,
    gestacao,
    ginecologica,
    ist,
  ],
  fallback: anamneseGeral,
};

/** `document#section` that a question of this complaint rests on. */
export function citationOf(complaint: Complaint, cites: string): string {
  return cites.includes('#') ? cites : `${complaint.guideline}#${cites}`;
}
