import { randomBytes } from 'node:crypto';
import { createTestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { expect, it } from 'vitest';
import { letServicesIn } from './deploy-steps.ts';

it.each(['', '.project'])(
  'the services’ role gets its login from their address, whose user is the role%s',
  async (project) => {
    const db = await createTestDatabase();
    const role = `services_${randomBytes(6).toString('hex')}`;
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`create role ${role}`);
      const address = new URL(db.ownerUrl);
      address.username = role;
      address.password = encodeURIComponent("a'b/c");
      const services = address.href;
      const log = (url: string) => {
        const client = new pg.Client({ connectionString: url });
        return client.connect().finally(() => client.end());
      };
      await expect(log(services)).rejects.toMatchObject({ code: '28P01' });
      address.username = `${role}${project}`;
      await letServicesIn({ ownerUrl: db.ownerUrl, appUrl: address.href });
      await log(services);
    } finally {
      await owner.query(`drop role ${role}`);
      await owner.end();
      await db.drop();
    }
  },
);
