import type { Manifest } from './kustomize.ts';

interface SchemaError {
  instancePath: string;
  message?: string;
  keyword: string;
  params: object;
}
interface Validator {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** kubernetes-models names the validators of the API's types like this. */
const groups: Record<string, string> = {
  v1: 'IoK8sApiCoreV1',
  'apps/v1': 'IoK8sApiAppsV1',
  'batch/v1': 'IoK8sApiBatchV1',
  'autoscaling/v2': 'IoK8sApiAutoscalingV2',
  'policy/v1': 'IoK8sApiPolicyV1',
  'networking.k8s.io/v1': 'IoK8sApiNetworkingV1',
};

/**
 * What the API server would say to an object: errors of the OpenAPI schema that Kubernetes publishes, and,
 * as `kubectl --validate=strict`, every field that the schema does not know.
 */
export async function schemaErrors(object: Manifest): Promise<string[]> {
  const group = groups[object.apiVersion];
  if (group === undefined) return [`${object.apiVersion} is not a version that is used here`];
  const { validate } = (await import(`kubernetes-models/_schemas/${group}${object.kind}`)) as {
    validate: Validator;
  };
  const looked = new Looked();
  validate(looked.watch(object, ''));
  const errors = (validate.errors ?? []).map(
    ({ instancePath, keyword, params }) => `${instancePath}: ${keyword} ${JSON.stringify(params)}`,
  );
  return [...errors, ...looked.unknown().map((path) => `${path}: unknown field`)];
}

/**
 * The compiled schema reads a field exactly when it knows it. So the object is shown to it through windows
 * that remember what was read; what nobody read is a field that the API does not have.
 */
class Looked {
  readonly #seen = new Set<string>();
  readonly #all = new Set<string>();

  watch<T extends object>(node: T, path: string): T {
    if (!Array.isArray(node)) {
      for (const name of Object.keys(node)) this.#all.add(`${path}/${name}`);
    }
    return new Proxy(node, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof name === 'symbol') return value;
        const at = `${path}/${name}`;
        this.#seen.add(at);
        return value !== null && typeof value === 'object' ? this.watch(value, at) : value;
      },
    });
  }

  unknown(): string[] {
    return [...this.#all].filter((path) => !this.#seen.has(path));
  }
}
