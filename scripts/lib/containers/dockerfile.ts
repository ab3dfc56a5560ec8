import { readFileSync } from 'node:fs';
import {
  type Copy,
  DockerfileParser,
  type Instruction,
  type JSONInstruction,
} from 'dockerfile-ast';

/** One step of a stage, as far as our files use the language; anything else is refused. */
export type Step =
  | { kind: 'workdir'; path: string }
  | { kind: 'env'; variables: Record<string, string> }
  | { kind: 'arg'; name: string; value: string }
  | { kind: 'copy'; from: string | null; sources: string[]; target: string }
  | { kind: 'run'; command: string; caches: string[] }
  | { kind: 'user'; user: string };

export interface Stage {
  name: string | null;
  base: string;
  steps: Step[];
  /** Of the last stage: what runs. */
  command: string[];
  health: string[];
  ports: number[];
}

/** Reads a Dockerfile into its stages. @throws Error naming the line that is not understood */
export function readDockerfile(file: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(readFileSync(file, 'utf8')).getInstructions()) {
    const where = `${file}:${instruction.getRange().start.line + 1}`;
    if (instruction.getKeyword() === 'FROM') {
      stages.push(beginStage(instruction));
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`${where}: before the first FROM`);
    addInstruction(stage, instruction, where);
  }
  return stages;
}

function beginStage(from: Instruction): Stage {
  const [base = '', as, name] = words(from);
  const named = as?.toUpperCase() === 'AS' ? (name ?? null) : null;
  return { name: named, base, steps: [], command: [], health: [], ports: [] };
}

function addInstruction(stage: Stage, instruction: Instruction, where: string): void {
  const keyword = instruction.getKeyword();
  const [first = ''] = words(instruction);
  switch (keyword) {
    case 'WORKDIR':
      stage.steps.push({ kind: 'workdir', path: first });
      return;
    case 'USER':
      stage.steps.push({ kind: 'user', user: first });
      return;
    case 'ENV':
      stage.steps.push({ kind: 'env', variables: pairs(words(instruction), where) });
      return;
    case 'ARG': {
      const [name = '', value = ''] = first.split('=', 2);
      stage.steps.push({ kind: 'arg', name, value });
      return;
    }
    case 'COPY':
      stage.steps.push(copyStep(instruction, where));
      return;
    case 'RUN':
      stage.steps.push(runStep(instruction, where));
      return;
    case 'CMD':
      stage.command = jsonWords(instruction as JSONInstruction, where);
      return;
    case 'HEALTHCHECK': {
      const text = instruction.getRawArgumentsContent() ?? '';
      stage.health = JSON.parse(text.slice(text.indexOf('['))) as string[];
      return;
    }
    case 'EXPOSE':
      stage.ports.push(Number(first));
      return;
    default:
      throw new Error(`${where}: ${keyword} is not used here`);
  }
}

function copyStep(instruction: Instruction, where: string): Step {
  const flags = (instruction as Copy).getFlags();
  const paths = words(instruction);
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue() ?? null;
  if (flags.length > (from === null ? 0 : 1)) throw new Error(`${where}: unknown flag`);
  const target = paths.pop();
  if (target === undefined || paths.length === 0) throw new Error(`${where}: COPY from where?`);
  return { kind: 'copy', from, sources: paths, target };
}

function runStep(instruction: Instruction, where: string): Step {
  let command = (instruction.getRawArgumentsContent() ?? '').replaceAll('\\\n', ' ').trim();
  const caches: string[] = [];
  for (let flag = /^--(\S+)\s+/.exec(command); flag; flag = /^--(\S+)\s+/.exec(command)) {
    const cache = /^mount=type=cache,target=(\S+)$/.exec(flag[1] ?? '')?.[1];
    if (cache === undefined) throw new Error(`${where}: unknown flag --${flag[1]}`);
    caches.push(cache);
    command = command.slice(flag[0].length);
  }
  return { kind: 'run', command, caches };
}

function words(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

function jsonWords(instruction: JSONInstruction, where: string): string[] {
  const parsed = instruction.getJSONStrings().map((word) => word.getJSONValue());
  if (parsed.length === 0) throw new Error(`${where}: give a list, a shell would take the signals`);
  return parsed;
}

function pairs(given: string[], where: string): Record<string, string> {
  return Object.fromEntries(
    given.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new Error(`${where}: ENV takes NAME=value`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
