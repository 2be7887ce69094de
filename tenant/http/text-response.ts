/**
 * A Response with a text body that creates its stream lazily. Node creates a stream for every Response body, which takes
 * several times as long as the rest of a request in the tenant. It behaves like any other Response: the body can be read
 * once, in every way.
 */
export class TextResponse extends Response {
  readonly #text: string;
  #read = false;
  #streamed: Response | undefined;

  constructor(text: string, init: { readonly status: number; readonly headers: Readonly<Record<string, string>> }) {
    super(null, init);
    this.#text = text;
  }

  override get body(): Response['body'] {
    return this.#asStream().body;
  }

  override get bodyUsed(): boolean {
    return this.#streamed?.bodyUsed ?? this.#read;
  }

  override async text(): Promise<string> {
    if (this.#streamed !== undefined) return this.#streamed.text();
    if (this.#read) throw new TypeError('Body is unusable: Body has already been read');
    this.#read = true;
    return this.#text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asStream().arrayBuffer();
  }

  override blob(): Promise<Blob> {
    return this.#asStream().blob();
  }

  /** Built on arrayBuffer, since older runtimes lack it. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override formData(): Promise<FormData> {
    return this.#asStream().formData();
  }

  override clone(): Response {
    return this.#asStream().clone();
  }

  /** From now on the body is read from the stream. */
  #asStream(): Response {
    if (this.#streamed === undefined) {
      this.#streamed = new Response(this.#text, { status: this.status, headers: this.headers });
      // A body that was already read stays read.
      if (this.#read) void this.#streamed.text();
    }
    return this.#streamed;
  }
}
