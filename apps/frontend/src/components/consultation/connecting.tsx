import { callMessages } from '#messages/call.ts';

/** Until it is known who comes and whether the room takes him. */
export function Connecting() {
  return (
    <p role="status" className="m-auto p-10 text-ink-soft">
      {callMessages.connecting}
    </p>
  );
}
