import type { CallerRole } from '@medcall/shared-types';
import type { Scene, SceneConsultation } from './scene.ts';

/** One request about one row, and how its answer shows that the row was reached. */
export interface Asked {
  /** Values of the path's parameters. */
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** The consultation that a room token or a service's token of relation `own` names. */
  consultation?: SceneConsultation;
  /** For lists: what the answer holds if, and only if, the row is within reach. */
  shows?: string | ((body: never) => boolean);
}

/** How the tests of permissions ask a route. */
export interface Sample {
  /**
   * Makes the row that the request speaks about.
   * @param caller who will ask, for rows that belong to one person
   */
  ask(scene: Scene, caller: CallerRole): Promise<Asked>;
  /** Statuses of an allowed request; a business refusal (409) also proves that it came through. */
  answers?: readonly number[];
  /**
   * `role`: the request can name no row of anybody else (the caller's clinic, a new row, the node's
   * counters), so that the role alone decides.
   */
  about?: 'row' | 'role';
  /** Afterwards the callers' tokens are worth nothing. */
  endsSessions?: boolean;
}

const successes = [200, 201, 202, 204];

export function answersOf(sample: Sample): readonly number[] {
  return sample.answers ?? successes;
}

/** Most routes: a consultation by its id. */
export function ofConsultation(
  body?: unknown,
  values: Parameters<Scene['consultation']>[0] = {},
): Sample {
  return {
    async ask(scene) {
      const consultation = await scene.consultation(values);
      return { path: { id: consultation.id }, consultation, ...(body ? { body } : {}) };
    },
  };
}
