/**
 * Reads a Hunspell dictionary (a stem list and its affix rules) well enough to say whether a form is a word. Only that:
 * no suggestions, no compounds, no forbidden words. nspell and typo-js expand every form when they load, which for
 * Portuguese is millions; this strips affixes when asked and so loads in a fraction of a second.
 */
export interface HunspellDictionary {
  /** Is this form, in lower case, a stem or a stem with a suffix, with or without a prefix? */
  has(form: string): boolean;
}

interface AffixRule {
  flag: string;
  strip: string;
  condition: RegExp | undefined;
  /** Flags that the derived form carries: a plural after a diminutive. */
  continuation: string;
}

interface Rules {
  byAffix: Map<string, AffixRule[]>;
  longest: number;
}

/** @param aff affix file, @param dic stem file, both as text with `FLAG UTF-8` (one character a flag) */
export function readHunspell(aff: string, dic: string): HunspellDictionary {
  const suffixes = readRules(aff, 'SFX');
  const prefixes = readRules(aff, 'PFX');
  const stems = readStems(dic);

  const carries = (stem: string, flag: string) => stems.get(stem)?.includes(flag) === true;

  const isSuffixed = (form: string, wantedFlag: string | undefined, depth: number): boolean => {
    for (const { stem, rule } of strippings(form, suffixes, 'end')) {
      if (wantedFlag !== undefined && !rule.continuation.includes(wantedFlag)) continue;
      if (carries(stem, rule.flag)) return true;
      if (depth > 0 && isSuffixed(stem, rule.flag, depth - 1)) return true;
    }
    return false;
  };
  const isWord = (form: string) => stems.has(form) || isSuffixed(form, undefined, 1);

  return {
    has(form) {
      if (isWord(form)) return true;
      for (const { stem, rule } of strippings(form, prefixes, 'start')) {
        if (carries(stem, rule.flag) || isSuffixed(stem, undefined, 0)) return true;
      }
      return false;
    },
  };
}

function readStems(dic: string): Map<string, string> {
  const stems = new Map<string, string>();
  for (const line of dic.split('\n').slice(1)) {
    const entry = line.trim().split(/\s/, 1)[0] ?? '';
    if (entry === '') continue;
    const slash = entry.indexOf('/');
    const stem = (slash < 0 ? entry : entry.slice(0, slash)).toLowerCase();
    const flags = slash < 0 ? '' : entry.slice(slash + 1);
    stems.set(stem, (stems.get(stem) ?? '') + flags);
  }
  return stems;
}

function readRules(aff: string, kind: 'SFX' | 'PFX'): Rules {
  const rules: Rules = { byAffix: new Map(), longest: 0 };
  const conditions = new Map<string, RegExp>();
  for (const line of aff.split('\n')) {
    if (!line.startsWith(kind)) continue;
    const [, flag, strip, add, condition] = line.trim().split(/\s+/);
    // A header has a figure where a rule has the letters to add, and nothing after it.
    if (flag === undefined || strip === undefined || add === undefined || condition === undefined)
      continue;
    const [letters = '', continuation = ''] = add.split('/', 2);
    const affix = letters === '0' ? '' : letters;
    const rule: AffixRule = {
      flag,
      strip: strip === '0' ? '' : strip,
      condition: condition === '.' ? undefined : conditionOf(condition, kind, conditions),
      continuation,
    };
    const sameAffix = rules.byAffix.get(affix);
    if (sameAffix === undefined) rules.byAffix.set(affix, [rule]);
    else sameAffix.push(rule);
    rules.longest = Math.max(rules.longest, affix.length);
  }
  return rules;
}

function conditionOf(pattern: string, kind: 'SFX' | 'PFX', known: Map<string, RegExp>): RegExp {
  let condition = known.get(pattern);
  if (condition === undefined) {
    condition = new RegExp(kind === 'SFX' ? `${pattern}$` : `^${pattern}`, 'u');
    known.set(pattern, condition);
  }
  return condition;
}

function* strippings(form: string, rules: Rules, side: 'start' | 'end') {
  for (let length = 0; length <= Math.min(rules.longest, form.length - 1); length++) {
    const affix = side === 'end' ? form.slice(form.length - length) : form.slice(0, length);
    for (const rule of rules.byAffix.get(affix) ?? []) {
      const stem =
        side === 'end'
          ? form.slice(0, form.length - length) + rule.strip
          : rule.strip + form.slice(length);
      if (rule.condition === undefined || rule.condition.test(stem)) yield { stem, rule };
    }
  }
}
