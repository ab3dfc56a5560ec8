import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { documentMessages } from '#messages/documents.ts';

/** The letter that was stored after the doctor began to type, and the choice between the two. */
export function NewerLetter({
  text,
  onTake,
  onInsist,
}: {
  text: string;
  onTake: () => void;
  onInsist: () => void;
}) {
  return (
    <Alert tone="warning" title={documentMessages.letterOutdated}>
      <p className="whitespace-pre-wrap">{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button variant="secondary" size="sm" onClick={onTake}>
          {documentMessages.letterTakeStored}
        </Button>
        <Button variant="secondary" size="sm" onClick={onInsist}>
          {documentMessages.letterKeepTyped}
        </Button>
      </div>
    </Alert>
  );
}
