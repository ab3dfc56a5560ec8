'use client';
import type { NoteSectionName, NoteView } from '@medcall/shared-types';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { useToast } from '#components/ui/toast.ts';
import {
  currentLinks,
  type EditableSentence,
  withNewSentence,
  withoutSentence,
  withSentenceAt,
  withText,
} from '#lib/note/edit-note.ts';
import { noteMessages as text } from '#messages/note.ts';
import { SentenceEditor } from './sentence-editor.tsx';
import type { NoteEditing } from './use-note.ts';

interface Props {
  name: NoteSectionName;
  sentences: readonly EditableSentence[];
  /** Utterances whose place another took since the sentences were written. */
  superseded: NoteView['superseded'];
  edit: NoteEditing['edit'];
  readOnly: boolean;
  onLight: (utteranceIds: readonly string[]) => void;
  onShow: (utteranceIds: readonly string[]) => void;
}

/** S, O, A or P: its sentences and a way to write another. */
export function NoteSection(props: Props) {
  const { name, superseded, edit, readOnly, onLight, onShow } = props;
  const sentences = props.sentences.map((sentence) => ({
    ...sentence,
    transcriptionIds: currentLinks(sentence.transcriptionIds, superseded),
  }));
  const toast = useToast();
  const [begun, setBegun] = useState<string | null>(null);
  const title = text.sections[name];

  function begin(afterId: string | null): void {
    const id = crypto.randomUUID();
    setBegun(id);
    edit((note) => withNewSentence(note, name, id, afterId));
  }

  function remove(sentence: EditableSentence, at: number): void {
    edit((note) => withoutSentence(note, name, sentence.id));
    if (sentence.text.trim() === '') return;
    toast({
      title: text.removed,
      action: {
        label: text.undo,
        onPress: () => edit((note) => withSentenceAt(note, name, sentence, at)),
      },
    });
  }

  return (
    <section aria-label={title} data-testid={`section-${name}`}>
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-bold">{title}</h3>
        {readOnly ? null : (
          <Button
            variant="quiet"
            size="sm"
            className="text-ink-soft"
            aria-label={text.add(title)}
            onClick={() => begin(sentences.at(-1)?.id ?? null)}
          >
            <Plus aria-hidden="true" />
            {text.addShort}
          </Button>
        )}
      </div>
      {sentences.length === 0 ? (
        <p className="px-1.5 text-ink-soft">
          {readOnly ? text.sectionBlank : text.sectionEmpty[name]}
        </p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {sentences.map((sentence, at) => (
            <SentenceEditor
              key={sentence.id}
              sentence={sentence}
              label={text.sentence(title)}
              autoFocus={sentence.id === begun}
              readOnly={readOnly}
              onText={(words) => edit((note) => withText(note, name, sentence.id, words))}
              onEnter={() => begin(sentence.id)}
              onRemove={() => remove(sentence, at)}
              onLight={(on) => onLight(on ? sentence.transcriptionIds : [])}
              onShow={() => onShow(sentence.transcriptionIds)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
