import { spawnSync } from 'node:child_process';
import { seededRandom } from '../../packages/utils/src/eval/sound-conditions.ts';

export interface SpokenTurn {
  readonly speaker: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Dialogue {
  readonly name: string;
  readonly room: Float32Array;
  readonly enrol: Float32Array;
  readonly turns: readonly SpokenTurn[];
}

const RATE = 16_000;
/** Everyday sentences, asked and answered; unlike the recorded dialogues in words and voices. */
const EXCHANGES: readonly (readonly [string, string])[] = [
  ['Como passou a semana?', 'Passei bem, mas trabalhei demais e dormi pouco.'],
  ['O senhor costuma caminhar pela manhã?', 'Caminho na praça perto de casa, quase todo dia.'],
  ['E o que costuma comer no almoço?', 'Arroz, feijão, salada e às vezes um pedaço de peixe.'],
  ['Tem alguém que mora com o senhor?', 'Moro com minha irmã e com dois sobrinhos.'],
  ['Quando foi a última vez que viajou?', 'No ano passado, fui para o litoral de ônibus.'],
  ['Vou medir a pressão agora, fique sentado.', 'Está certo, pode medir.'],
  ['Quantos copos de água toma por dia?', 'Tomo uns quatro copos, quando me lembro.'],
  ['Volte daqui a trinta dias com o resultado.', 'Volto sim, muito obrigado pela atenção.'],
];
const ENROL_SENTENCE =
  'Esta é a leitura do meu texto de cadastro. Falo com calma, no mesmo tom de sempre, por alguns segundos, até que a gravação termine sozinha.';
/** Other variants than those that thresholds were chosen on (m3, m7, f2, f4, klatt2). */
const PAIRS = [
  ['pt-br+m1', 'pt-br+f3'],
  ['pt-br+f1', 'pt-br+m5'],
  ['pt-br+m2', 'pt-br+f5'],
] as const;

function resampled(pcm: Float32Array, from: number): Float32Array {
  return Float32Array.from({ length: Math.floor((pcm.length * RATE) / from) }, (_, i) => {
    const at = (i * from) / RATE;
    const left = pcm[Math.floor(at)] as number;
    return left + (at % 1) * ((pcm[Math.floor(at) + 1] ?? left) - left);
  });
}

/** One sentence by espeak-ng, or null when it is not installed. */
function spoken(voice: string, text: string): Float32Array | null {
  const run = spawnSync('espeak-ng', ['-v', voice, '-s', '160', '--stdout', text], {
    maxBuffer: 1 << 24,
  });
  if (run.status !== 0) return null;
  const rate = run.stdout.readUInt32LE(24);
  const samples = new Int16Array(
    run.stdout.subarray(44, 44 + 2 * ((run.stdout.length - 44) >> 1)).slice().buffer,
  );
  return resampled(
    Float32Array.from(samples, (sample) => (0.3 * sample) / 32_768),
    rate,
  );
}

/** Dialogues between voices of espeak-ng; none when it is not installed. */
export function syntheticDialogues(): Dialogue[] {
  const random = seededRandom(11);
  return PAIRS.flatMap(([doctor, patient]) => {
    const enrol = spoken(doctor, ENROL_SENTENCE);
    if (enrol === null) return [];
    const room = new Float32Array(RATE * 120);
    const turns: SpokenTurn[] = [];
    let at = RATE;
    for (const [asked, answered] of EXCHANGES) {
      for (const [speaker, voice, text] of [
        ['MEDICO', doctor, asked],
        ['PACIENTE', patient, answered],
      ] as const) {
        const pcm = spoken(voice, text) ?? new Float32Array(0);
        room.set(pcm, at);
        turns.push({ speaker, text, start: at / RATE, end: (at + pcm.length) / RATE });
        at += pcm.length + Math.floor((0.2 + random()) * RATE);
      }
    }
    return [{ name: `${doctor}, ${patient}`, room: room.slice(0, at + RATE), enrol, turns }];
  });
}
