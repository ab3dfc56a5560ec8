import { type Spread, spreadOf } from '@medcall/utils/eval/lag';
import { type SpeakerTime, sharesOf, sumOfTimes } from '@medcall/utils/eval/speaker-time';
import { poolWordErrors, type WordErrors, wordErrorRate } from '@medcall/utils/eval/word-errors';
import { figure, grid, percent, seconds } from './cells.ts';
import { type InPersonFigures, type LabelTimes, ROOMS, type Room } from './in-person.ts';

/** All dialogues in one room, with or without the doctor's voice known. */
export interface PooledRoom {
  room: Room;
  enrolled: boolean;
  labels: LabelTimes;
  wordErrors: WordErrors;
  firstLag: Spread | null;
}

/** Sums over dialogues, a row for each room with and without the voice. */
export function poolRooms(figures: readonly InPersonFigures[]): PooledRoom[] {
  const rooms = Object.keys(ROOMS) as Room[];
  return rooms.flatMap((room) =>
    [false, true].flatMap((enrolled) => {
      const own = figures.filter((one) => one.room === room && one.enrolled === enrolled);
      if (own.length === 0) return [];
      const sum = (of: keyof LabelTimes) => sumOfTimes(own.map(({ labels }) => labels[of]));
      return {
        room,
        enrolled,
        labels: {
          last: sum('last'),
          firstFinal: sum('firstFinal'),
          firstShown: sum('firstShown'),
        },
        wordErrors: poolWordErrors(own.map(({ wordErrors }) => wordErrors)),
        firstLag: spreadOf(own.flatMap(({ firstLags }) => firstLags)),
      };
    }),
  );
}

const roomNames: Record<Room, string> = {
  'as-is': 'como é',
  noise: 'ruído rosa a 15 dB',
  half: 'metade do ganho',
  reverb: 'mais reverberação',
};

const right = (time: SpeakerTime) => percent(sharesOf(time).right);
const unknown = (time: SpeakerTime) => percent(sharesOf(time).unknown);

/** What one microphone gives, for people; empty where no dialogue has one. */
export function inPersonTable(rooms: readonly PooledRoom[]): string {
  if (rooms.length === 0) return '';
  const head = [
    'presencial, sala',
    'voz do médico',
    'falante certo: última revisão',
    '1º final',
    '1º rótulo',
    'sem dono no fim',
    'WER',
    'atraso 1º final med. / p95',
    'maior',
  ];
  const rows = rooms.map(({ enrolled, firstLag, labels, room, wordErrors }) => [
    roomNames[room],
    enrolled ? 'cadastrada' : 'desconhecida',
    right(labels.last),
    right(labels.firstFinal),
    right(labels.firstShown),
    unknown(labels.last),
    percent(wordErrorRate(wordErrors)),
    seconds(firstLag),
    firstLag === null ? '–' : `${figure(firstLag.maxSeconds, 2)} s`,
  ]);
  return grid([head, ...rows]).join('\n');
}
