/**
 * Which classes contradict each other: those of one group. Only the groups that our sources use, because every page
 * loads this; the library's own table knows all of Tailwind and weighs five times as much. class-groups.test.ts holds
 * that both decide alike on every list of classes in the sources.
 */
type Group = (string | Record<string, readonly Part[]>)[];
type Part = string | ((value: string) => boolean);

const any: readonly Part[] = [() => true];
const space: readonly Part[] = ['px', 'auto', (value) => /^[\d[]/.test(value)];
const width: readonly Part[] = ['', (value) => /^\d+$/.test(value)];
const under = (name: string, parts = any): Group => [{ [name]: parts }];
const each = (names: string, parts = any): Record<string, Group> =>
  Object.fromEntries(names.split(' ').map((name) => [name, under(name, parts)]));

/** Of an edge: all, both of a direction, one. */
const sides = (name: string, key = name): Record<string, string[]> => ({
  [key]: ['x', 'y', 't', 'r', 'b', 'l'].map((side) => `${key}${side}`),
  [`${key}x`]: [`${key}r`, `${key}l`],
  [`${key}y`]: [`${key}t`, `${key}b`],
});

const borders = ['t', 'r', 'b', 'l', 'x', 'y'];

export const classGroups: Record<string, Group> = {
  display: [
    ...['block', 'inline', 'inline-block', 'contents', 'hidden'],
    ...['flex', 'inline-flex', 'grid', 'inline-grid'],
  ],
  position: ['static', 'relative', 'absolute', 'fixed', 'sticky'],
  reader: ['sr-only', 'not-sr-only'],
  slant: ['italic', 'not-italic'],
  line: ['underline', 'no-underline', 'line-through'],
  overflow: under('overflow', ['auto', 'hidden', 'visible', 'clip', 'scroll']),
  flex: under('flex', ['auto', 'none', 'initial', (value) => /^[\d[]/.test(value)]),
  'flex-direction': under('flex', ['row', 'col', 'row-reverse', 'col-reverse']),
  'flex-wrap': under('flex', ['wrap', 'nowrap']),
  justify: under('justify', ['start', 'end', 'center', 'between', 'around', 'evenly']),
  object: under('object', ['contain', 'cover', 'fill', 'none']),
  'font-size': under('text', [
    ...['xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'],
    (value) => /^\[[\d.]/.test(value),
  ]),
  'text-align': under('text', ['left', 'center', 'right']),
  'text-wrap': under('text', ['wrap', 'nowrap', 'balance', 'pretty']),
  'text-color': under('text'),
  'font-weight': under('font', ['normal', 'medium', 'semibold', 'bold']),
  'bg-image': under('bg', [(value) => value.includes('gradient(')]),
  'bg-color': under('bg'),
  'border-w': under('border', width),
  'border-style': under('border', ['solid', 'dashed', 'dotted', 'none']),
  'border-color': under('border'),
  ...Object.fromEntries(
    borders.map((side) => [`border-w-${side}`, under(`border-${side}`, width)]),
  ),
  ...Object.fromEntries(borders.map((side) => [`border-color-${side}`, under(`border-${side}`)])),
  'ring-inset': ['ring-inset'],
  'ring-w': under('ring', width),
  'ring-color': under('ring'),
  ...each('p px py pt pr pb pl m mx my mt mr mb ml', space),
  ...each('gap gap-x gap-y line-clamp'),
  ...each('inset inset-x inset-y top right bottom left z'),
  ...each('w h size min-w min-h max-w max-h basis'),
  ...each('shrink grow rounded rounded-t rounded-r rounded-b rounded-l', ['', ...any]),
  ...each('overflow-x overflow-y items self place-items place-content grid-cols grid-rows'),
  ...each('translate translate-x translate-y leading tracking opacity cursor whitespace align'),
  ...each('order aspect underline-offset pointer-events duration'),
};

export const conflictingClassGroups: Record<string, string[]> = {
  ...sides('p'),
  ...sides('m'),
  inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
  'inset-x': ['right', 'left'],
  'inset-y': ['top', 'bottom'],
  gap: ['gap-x', 'gap-y'],
  size: ['w', 'h'],
  flex: ['basis', 'grow', 'shrink'],
  'line-clamp': ['display', 'overflow'],
  overflow: ['overflow-x', 'overflow-y'],
  translate: ['translate-x', 'translate-y'],
  'font-size': ['leading'],
  rounded: ['rounded-t', 'rounded-r', 'rounded-b', 'rounded-l'],
  'border-w': borders.map((side) => `border-w-${side}`),
  'border-color': borders.map((side) => `border-color-${side}`),
};
