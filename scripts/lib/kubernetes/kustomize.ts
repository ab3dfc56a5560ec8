import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** A Kubernetes object, as far as it is the same for all kinds. */
export const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
export type Manifest = z.infer<typeof manifest>;

/** The part of kustomize's language that our files use; a word beyond it is refused. */
const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()),
  images: z
    .array(
      z.strictObject({
        name: z.string(),
        newName: z.string().optional(),
        newTag: z.string().optional(),
      }),
    )
    .default([]),
  replicas: z.array(z.strictObject({ name: z.string(), count: z.int() })).default([]),
  patches: z.array(z.strictObject({ path: z.string() })).default([]),
});

/**
 * What `kubectl kustomize FOLDER` gives, for the words above. Patches are strategic merges of maps; a patch
 * with a list in it is refused, because lists merge by rules of their own.
 */
export function buildKustomization(folder: string): Manifest[] {
  const read = kustomization.parse(
    parse(readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')),
  );
  let objects = read.resources.flatMap((resource) =>
    resource.endsWith('.yaml')
      ? readManifests(path.join(folder, resource))
      : buildKustomization(path.join(folder, resource)),
  );
  for (const { path: file } of read.patches) {
    for (const patch of readManifests(path.join(folder, file))) {
      const target = objects.find((object) => isSame(object, patch));
      if (!target)
        throw new Error(`${file}: nothing is named ${patch.kind}/${patch.metadata.name}`);
      const patched = manifest.parse(merged(target, patch, file));
      objects = objects.map((object) => (object === target ? patched : object));
    }
  }
  for (const { count, name } of read.replicas) {
    const target = objects.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === name,
    );
    if (!target) throw new Error(`replicas: no Deployment is named ${name}`);
    (target.spec as { replicas: number }).replicas = count;
  }
  for (const container of objects.flatMap(containersOf)) {
    const image = read.images.find(({ name }) => name === container.image);
    if (image) container.image = `${image.newName ?? image.name}:${image.newTag ?? 'latest'}`;
  }
  const { namespace } = read;
  if (namespace === undefined) return objects;
  return objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
}

/** Reads every object of a file. @throws Error naming the file and place of a syntax error */
export function readManifests(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    return manifest.parse(document.toJS());
  });
}

function isSame(one: Manifest, other: Manifest): boolean {
  return (
    one.apiVersion === other.apiVersion &&
    one.kind === other.kind &&
    one.metadata.name === other.metadata.name
  );
}

function merged(base: unknown, patch: unknown, file: string): unknown {
  if (Array.isArray(patch)) throw new Error(`${file}: a patch of ours changes no list`);
  if (!isMap(patch)) return patch;
  const result: Record<string, unknown> = isMap(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(patch))
    result[name] = merged(result[name], value, file);
  return result;
}

function isMap(node: unknown): node is Record<string, unknown> {
  return node !== null && typeof node === 'object' && !Array.isArray(node);
}

const container = z.looseObject({ name: z.string(), image: z.string() });
const podOwner = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.unknown()) }) }),
  }),
});

/** The containers of an object that makes pods; they are the object's own, not copies. */
export function containersOf(object: Manifest): Array<z.infer<typeof container>> {
  if (!podOwner.safeParse(object).success) return [];
  const { containers } = (
    object as unknown as { spec: { template: { spec: { containers: unknown[] } } } }
  ).spec.template.spec;
  for (const one of containers) container.parse(one);
  return containers as Array<z.infer<typeof container>>;
}
