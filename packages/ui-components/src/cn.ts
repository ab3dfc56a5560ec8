import { type ClassValue, clsx } from 'clsx';
import { createTailwindMerge } from 'tailwind-merge';
import { classGroups, conflictingClassGroups } from './class-groups.ts';

const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups,
  conflictingClassGroups,
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: ['*', 'after', 'before', 'backdrop', 'file', 'placeholder'],
}));

/** Joins class names; of two Tailwind classes that contradict each other, the later wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
