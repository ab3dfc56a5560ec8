import { randomBytes } from 'node:crypto';
import type { Sample } from './sample.ts';
import type { Scene } from './scene.ts';

async function aMemberWithAnAccount(scene: Scene): Promise<string> {
  return scene.arrange(async (trx) => {
    const email = `pessoa-${randomBytes(6).toString('hex')}@clinica.test`;
    const user = await trx
      .insertInto('auth_embedded.users')
      .values({ email })
      .returning('id')
      .executeTakeFirstOrThrow();
    const member = await trx
      .insertInto('members')
      .values({
        clinica_id: scene.clinic.id,
        user_auth: user.id,
        role: 'admin',
        name: 'Quem Perdeu o Celular',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return member.id;
  });
}

/** The clinic's rule about second factors, and help for a lost device. */
export const secondFactorSamples = {
  'GET /api/clinic/second-factor': {
    ask: async (scene) => ({ shows: await aMemberWithAnAccount(scene) }),
  },
  'PUT /api/clinic/second-factor': {
    about: 'role',
    ask: async () => ({ body: { required: false } }),
  },
  'POST /api/clinic/second-factor/:memberId/reset': {
    ask: async (scene) => ({ path: { memberId: await aMemberWithAnAccount(scene) } }),
  },
} as const satisfies Record<string, Sample>;
