import { type Clock, createRedis, type Logger } from '@medcall/service-kit';
import { Redis } from 'ioredis';
import type { SharedSound, SoundExchange, SoundLine } from './sound-exchange.ts';
import { decodeSound, encodeSound } from './sound-message.ts';

/** Whoever is alone asks this often whether that is still so. */
const askEveryMs = 1000;
/** Sound that waits for the answer to that: at most two seconds of it. */
const mostHeld = 20;
/** A stream does not wait longer than this for the others to be heard. */
const longestReadyMs = 500;

type OnSound = (sound: SharedSound) => void;

/**
 * Sound over Redis' publish/subscribe: nothing is stored, and what nobody hears is gone. As long as
 * nobody else listens, a node publishes one chunk a second, to learn when somebody does. While Redis is
 * away nodes do not hear each other, and nothing else changes.
 */
export class RedisSoundExchange implements SoundExchange {
  private readonly node: string;
  private readonly clock: Clock;
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, OnSound>();

  /**
   * @param options node: names this process among the nodes
   * @param options clock that nobody sets
   */
  constructor(options: { url: string; node: string; clock: Clock; logger: Logger }) {
    this.node = options.node;
    this.clock = options.clock;
    this.publisher = createRedis(options.url, options.logger);
    // It comes back by itself, and listens again to what it listened to.
    this.subscriber = new Redis(options.url, {
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
    });
    // The publisher tells of it.
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const said = decodeSound(message);
      if (said && said.node !== this.node) this.listeners.get(channel.toString())?.(said.sound);
    });
  }

  open(consultationId: string, onSound: OnSound): SoundLine {
    const channel = `medcall:sound:${consultationId}`;
    this.listeners.set(channel, onSound);
    const sender = new Sender(this.clock, (sound) =>
      this.publisher.publish(channel, encodeSound(this.node, sound)),
    );
    return {
      ready: settledWithin(this.subscriber.subscribe(channel), longestReadyMs),
      send: (sound) => sender.send(sound),
      close: () => {
        this.listeners.delete(channel);
        this.subscriber.unsubscribe(channel).catch(() => undefined);
      },
    };
  }

  stop(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }
}

/** Sends while somebody else listens; else asks now and then. */
class Sender {
  private readonly clock: Clock;
  /** @returns how many listen, this node included */
  private readonly publish: (sound: SharedSound) => Promise<number>;
  private isHeard = false;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  /** What came while the answer was awaited; null when none is. */
  private held: SharedSound[] | null = null;

  constructor(clock: Clock, publish: (sound: SharedSound) => Promise<number>) {
    this.clock = clock;
    this.publish = publish;
  }

  send(sound: SharedSound): void {
    if (this.isHeard) {
      void this.tell(sound);
      return;
    }
    if (this.held !== null) {
      this.held.push(sound);
      if (this.held.length > mostHeld) this.held.shift();
      return;
    }
    if (this.clock.now() - this.askedAtMs < askEveryMs) return;
    this.askedAtMs = this.clock.now();
    this.held = [];
    void this.tell(sound).then(() => {
      const held = this.held ?? [];
      this.held = null;
      if (this.isHeard) for (const one of held) void this.tell(one);
    });
  }

  /** Never rejects. */
  private async tell(sound: SharedSound): Promise<void> {
    try {
      this.isHeard = (await this.publish(sound)) > 1;
    } catch {
      // Redis is away, which the client reports once; the echo of another node's people is not found.
      this.isHeard = false;
    }
  }
}

async function settledWithin(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
