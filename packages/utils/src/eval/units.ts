/**
 * Written and spoken forms of one unit or counted thing. Applied only after a number, where a
 * transcriber is free to write "50 mg" or "cinquenta miligramas".
 */
const forms: Record<string, readonly string[]> = {
  mg: ['mg', 'mgs', 'miligrama', 'miligramas'],
  mcg: ['mcg', 'ug', 'micrograma', 'microgramas'],
  g: ['g', 'gr', 'grama', 'gramas'],
  kg: ['kg', 'kgs', 'quilo', 'quilos', 'kilo', 'kilos', 'quilograma', 'quilogramas'],
  ml: ['ml', 'mls', 'mililitro', 'mililitros'],
  l: ['l', 'lt', 'litro', 'litros'],
  dl: ['dl', 'decilitro', 'decilitros'],
  mm: ['mm', 'milimetro', 'milimetros'],
  cm: ['cm', 'cms', 'centimetro', 'centimetros'],
  m: ['m', 'metro', 'metros'],
  km: ['km', 'kms', 'quilometro', 'quilometros'],
  grau: ['grau', 'graus'],
  hora: ['h', 'hs', 'hr', 'hrs', 'hora', 'horas'],
  minuto: ['min', 'mins', 'minuto', 'minutos'],
  segundo: ['s', 'seg', 'segundo', 'segundos'],
  ui: ['ui'],
  mmhg: ['mmhg'],
  bpm: ['bpm'],
  porcento: ['porcento'],
};

const canonicalUnit = new Map(
  Object.entries(forms).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

/** What "e meio" may follow, besides units: "quatro anos e meio". */
const halvable = new Set([
  'dia',
  'dias',
  'semana',
  'semanas',
  'mes',
  'meses',
  'ano',
  'anos',
  'comprimido',
  'comprimidos',
  'copo',
  'copos',
  'xicara',
  'xicaras',
  'colher',
  'colheres',
  'dose',
  'doses',
]);

/** The one spelling of a unit, or undefined when the word is none. */
export function unitOf(word: string): string | undefined {
  return canonicalUnit.get(word);
}

export function canBeHalved(word: string): boolean {
  return canonicalUnit.has(word) || halvable.has(word);
}

/** Unit symbols that are written right behind the digits, longest first: "50mg", "8h". */
export const gluedSymbols: readonly string[] = [
  ...new Set(
    Object.values(forms)
      .flat()
      .filter((name) => name.length <= 4),
  ),
].sort((a, b) => b.length - a.length);
