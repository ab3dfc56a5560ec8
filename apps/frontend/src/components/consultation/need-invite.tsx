import { NoticePage } from '#components/shared/notice-page.tsx';
import { buttonClass } from '#components/ui/button.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.refused;

/** A room's address without an invitation and without a session. */
export function NeedInvite({ roomId }: { roomId: string }) {
  return (
    <NoticePage
      title={text.needInvite}
      action={
        <a
          href={`/login?de=${encodeURIComponent(`/call/${roomId}`)}`}
          className={buttonClass({ variant: 'secondary' })}
        >
          {text.signIn}
        </a>
      }
    >
      <p>{text.needInviteText}</p>
    </NoticePage>
  );
}
