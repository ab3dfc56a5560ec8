import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@medcall/service-kit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RouteTableSource, routeTableFile } from './route-table-file.ts';

let folder: string;
let source: RouteTableSource | undefined;

async function aSource(text: string): Promise<RouteTableSource> {
  folder = await mkdtemp(join(tmpdir(), 'medcall-routes-'));
  await replace(text);
  const logger = createLogger({ service: 'gateway', level: 'silent' });
  source = routeTableFile({ path: join(folder, 'routes.json'), everyMs: 10, logger });
  await source.start();
  return source;
}

/** As a ConfigMap or a careful operator does it: in one step. */
async function replace(text: string): Promise<void> {
  await writeFile(join(folder, 'next'), text);
  await rename(join(folder, 'next'), join(folder, 'routes.json'));
}

const untilPatientsAt = (expected: string) =>
  vi.waitFor(() => expect(source?.current().answererOf('/api/patients')).toBe(expected), 20_000);

describe('route table file', () => {
  afterEach(async () => {
    await source?.stop();
    source = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('is read anew without a restart', async () => {
    const table = await aSource('{"routes":{}}');
    const heard = vi.fn();
    table.onChange(heard);
    expect(table.current().answererOf('/api/patients')).toBe('monolith');
    await replace('{"routes":{"/api/patients":"gateway"}}');
    await untilPatientsAt('gateway');
    expect(heard).toHaveBeenCalledOnce();
  });

  it.each(['{', '{"routes":{"/api/patients":"ai"}}', '[]', ''])(
    'keeps the last good table when the file becomes %j, and takes the next good one',
    async (wrong) => {
      const table = await aSource('{"routes":{"/api/patients":"gateway"}}');
      const heard = vi.fn();
      table.onChange(heard);
      await replace(wrong);
      await replace('{"routes":{"/api/patients":"gateway","/api/rooms":"realtime"}}');
      await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), 20_000);
      expect(table.current().answererOf('/api/patients')).toBe('gateway');
      expect(table.current().answererOf('/api/rooms')).toBe('realtime');
    },
  );

  it('does not start on a wrong file', async () => {
    await expect(aSource('{"routes":{"/api/patients":"ai"}}')).rejects.toThrow();
  });
});
