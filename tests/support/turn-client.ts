import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** What a relay said: success, or its error code. */
export type TurnAnswer = { ok: true } | { ok: false; code: number };

const cookie = 0x2112a442;
const method = { allocate: 0x0003, createPermission: 0x0008 } as const;
const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  xorPeerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const;
const udp = 17;
const answerMs = 5_000;

interface Message {
  type: number;
  transaction: string;
  attributes: Map<number, Buffer>;
}

/** As much of a TURN client (RFC 8656) as asks for an allocation and for permissions, over UDP. */
export class TurnClient {
  readonly #socket: Socket;
  readonly #relay: { host: string; port: number };
  readonly #username: string;
  readonly #password: string;
  #realm = '';
  #nonce: Buffer = Buffer.alloc(0);

  constructor(
    relay: { host: string; port: number },
    credential: { username: string; password: string },
  ) {
    this.#relay = relay;
    this.#username = credential.username;
    this.#password = credential.password;
    this.#socket = createSocket('udp4');
  }

  /** Asks first without a credential, as every client does, to learn realm and nonce. */
  async allocate(): Promise<TurnAnswer> {
    const transport: [number, Buffer] = [attribute.requestedTransport, Buffer.from([udp, 0, 0, 0])];
    const challenge = await this.#ask(method.allocate, [transport], false);
    this.#realm = challenge.attributes.get(attribute.realm)?.toString() ?? '';
    this.#nonce = challenge.attributes.get(attribute.nonce) ?? Buffer.alloc(0);
    return answerOf(await this.#ask(method.allocate, [transport], true));
  }

  /** Asks to exchange packets with an IPv4 address. */
  async permit(address: string): Promise<TurnAnswer> {
    const peer: [number, Buffer] = [attribute.xorPeerAddress, xorAddress(address, 9)];
    return answerOf(await this.#ask(method.createPermission, [peer], true));
  }

  close(): void {
    this.#socket.close();
  }

  #ask(kind: number, attributes: [number, Buffer][], signed: boolean): Promise<Message> {
    const transaction = randomBytes(12);
    const request = this.#request(kind, transaction, attributes, signed);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(deadline);
        clearInterval(again);
        this.#socket.off('message', onMessage);
      };
      const onMessage = (bytes: Buffer) => {
        const message = parse(bytes);
        if (message.transaction !== transaction.toString('hex')) return;
        settle();
        resolve(message);
      };
      const send = () => this.#socket.send(request, this.#relay.port, this.#relay.host);
      // UDP may lose it; a repeated transaction is answered alike.
      const again = setInterval(send, 500);
      const deadline = setTimeout(() => {
        settle();
        reject(new Error('the relay did not answer'));
      }, answerMs);
      this.#socket.on('message', onMessage);
      send();
    });
  }

  #request(kind: number, transaction: Buffer, plain: [number, Buffer][], signed: boolean): Buffer {
    const attributes = signed
      ? [
          ...plain,
          [attribute.username, Buffer.from(this.#username)] as const,
          [attribute.realm, Buffer.from(this.#realm)] as const,
          [attribute.nonce, this.#nonce] as const,
        ]
      : plain;
    const body = Buffer.concat(attributes.map(([type, value]) => encode(type, value)));
    if (!signed) return Buffer.concat([header(kind, body.length, transaction), body]);
    // The length that is signed counts the signature itself (RFC 8489 §14.5).
    const covered = Buffer.concat([header(kind, body.length + 24, transaction), body]);
    const key = createHash('md5')
      .update(`${this.#username}:${this.#realm}:${this.#password}`)
      .digest();
    const signature = createHmac('sha1', key).update(covered).digest();
    return Buffer.concat([covered, encode(attribute.messageIntegrity, signature)]);
  }
}

function header(kind: number, length: number, transaction: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(kind, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(cookie, 4);
  return Buffer.concat([head, transaction]);
}

function encode(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function xorAddress(address: string, port: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt8(1, 1);
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  const plain = Buffer.from(address.split('.').map(Number)).readUInt32BE();
  value.writeUInt32BE((plain ^ cookie) >>> 0, 4);
  return value;
}

function parse(bytes: Buffer): Message {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return {
    type: bytes.readUInt16BE(0),
    transaction: bytes.subarray(8, 20).toString('hex'),
    attributes,
  };
}

/** The class of a message stands in bits 4 and 8 of its type: both set is an error. */
function answerOf({ type, attributes }: Message): TurnAnswer {
  if ((type & 0x0110) !== 0x0110) return { ok: true };
  const value = attributes.get(attribute.errorCode) ?? Buffer.alloc(4);
  return { ok: false, code: value.readUInt8(2) * 100 + value.readUInt8(3) };
}
