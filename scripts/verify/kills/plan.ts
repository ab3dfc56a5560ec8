import { type Stage, stages } from '../../../apps/backend/realtime-service/src/failpoints.ts';
import { seeded } from '../lib/random.ts';
import type { KillOrder } from '../lib/service-process.ts';

/** What round `number` of a seed kills: the same for the same seed, whoever runs it and whenever. */
export function ordersOf(
  seed: number,
  number: number,
  passes: Partial<Record<Stage, number>>,
  attempt: number,
): [KillOrder, ...KillOrder[]] {
  const order = (stage: Stage, name: string): KillOrder => {
    const most = Math.max(1, Math.floor((passes[stage] ?? 1) / attempt ** 3));
    return {
      stage,
      passes: 1 + Math.floor(seeded(seed, number, name, 'passes') * most),
      tornFraction: seeded(seed, number, name, 'torn'),
    };
  };
  const first = order(stageOf(number), 'first');
  if (number % 4 !== 3) return [first];
  // Every fourth round ends the recovery as well, early in the life of the second process.
  const again = stages[Math.floor(seeded(seed, number, 'again') * stages.length)] ?? 'torn-write';
  const { tornFraction } = order(again, 'second');
  const soon = 1 + Math.floor(seeded(seed, number, 'soon') * 3);
  return [first, { stage: again, passes: soon, tornFraction }];
}

/** Every stage in its turn. */
export function stageOf(number: number): Stage {
  return stages[number % stages.length] ?? 'torn-write';
}
