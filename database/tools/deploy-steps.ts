import { createDatabase } from '@medcall/service-kit';
import { migrate } from '@medcall/service-kit/database/migrate';
import pg from 'pg';
import { seedDemo } from '../seeds/demo/seed-demo.ts';
import { closeStorageBucket } from './supabase-storage.ts';

export interface Addresses {
  /** May create and drop. */
  readonly ownerUrl: string;
  /** What the services connect with. */
  readonly appUrl: string;
}

/** Reasons of system access are for the services' logs; here only trouble is worth a line. */
const quietLogger = {
  debug: () => undefined,
  warn: (fields: object, message: string) => console.warn(message, fields),
  error: (fields: object, message: string) => console.error(message, fields),
};

/** Applies the migrations that are missing, and says which; on Supabase the bucket too. */
export async function runMigrations({ ownerUrl }: Pick<Addresses, 'ownerUrl'>): Promise<void> {
  const applied = await migrate({ url: ownerUrl, onApplied: (name) => console.log(`  ${name}`) });
  console.log(applied.length === 0 ? 'banco em dia' : `${applied.length} migrações aplicadas`);
  // Where the project's Storage is used: the services ask for the same name.
  const { OBJECT_STORE, STORAGE_BUCKET } = process.env;
  if (OBJECT_STORE !== 'supabase' || !STORAGE_BUCKET) return;
  const closed = await closeStorageBucket(ownerUrl, STORAGE_BUCKET);
  console.log(
    closed
      ? `bucket ${STORAGE_BUCKET}: privado, só para os serviços`
      : `bucket ${STORAGE_BUCKET}: este banco não tem o Storage do Supabase`,
  );
}

/**
 * Gives the services' role its LOGIN and the password that stands in their address. The migrations
 * make the role without either: a password has no place in a file.
 */
export async function letServicesIn({ appUrl, ownerUrl }: Addresses): Promise<void> {
  const { password, username } = new URL(appUrl);
  // Supabase's pooler is told `role.project`.
  const [name = ''] = decodeURIComponent(username).split('.');
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'medcall-deploy' });
  await owner.connect();
  try {
    const role = owner.escapeIdentifier(name);
    const secret = owner.escapeLiteral(decodeURIComponent(password));
    await owner.query(`alter role ${role} login password ${secret}`);
    console.log(`${name} pode entrar`);
  } finally {
    await owner.end();
  }
}

/** Demonstration data, where `seedDemo` allows it; passwords that were made are shown this once. */
export async function runSeed({ appUrl }: Pick<Addresses, 'appUrl'>): Promise<void> {
  const database = createDatabase({
    url: appUrl,
    applicationName: 'medcall-seed',
    logger: quietLogger,
  });
  try {
    const result = await seedDemo({
      database,
      databaseUrl: appUrl,
      enabled: isOn(process.env.MEDCALL_DEMO),
      now: new Date(),
    });
    if (result.kind === 'refused') {
      console.log(`sem dados de demonstração: ${result.reason}`);
      return;
    }
    console.log('dados de demonstração prontos');
    if (result.random) {
      console.log('senhas criadas agora e mostradas só desta vez:');
      for (const { email, password } of result.logins) console.log(`  ${email}  ${password}`);
    }
  } finally {
    await database.close();
  }
}

/** Whether a switch of the environment is on. */
export function isOn(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true' || flag === 'on';
}
