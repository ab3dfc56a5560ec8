'use client';
import { cn } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.tabs;
const tabs = ['transcript', 'questions', 'patient'] as const;
export type CallTab = (typeof tabs)[number];

interface Props {
  tab: CallTab;
  onTab: (tab: CallTab) => void;
  /** Without AI there is neither transcript nor question to show. */
  withAi: boolean;
  questions: number;
}

/** On a narrow screen one panel at a time. */
export function TabBar({ tab, onTab, withAi, questions }: Props) {
  return (
    <div className="flex gap-1 lg:hidden">
      {tabs
        .filter((name) => withAi || name !== 'questions')
        .map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name}
            onClick={() => onTab(name)}
            className={cn(
              'h-11 flex-1 cursor-pointer rounded-md font-semibold',
              tab === name ? 'bg-paper text-ink ring-1 ring-line' : 'text-ink-soft',
            )}
          >
            {text[name]}
            {name === 'questions' && questions > 0 ? ` (${questions})` : ''}
          </button>
        ))}
    </div>
  );
}
