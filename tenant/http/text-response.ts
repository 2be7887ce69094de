/**
 * A Response to a text that is known already. Node makes a stream for the body of every Response, which takes several
 * times as long as all else that the tenant does; here one is made only for who asks for it. To its reader it is like
 * any other: its body can be read once, in every way that a Response has.
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

  /** Newer runtimes have it in every Response; made of what all of them have. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override formData(): Promise<FormData> {
    return this.#asStream().formData();
  }

  override clone(): Response {
    return this.#asStream().clone();
  }

  /** From then on the stream is the only body there is. */
  #asStream(): Response {
    if (this.#streamed === undefined) {
      this.#streamed = new Response(this.#text, { status: this.status, headers: this.headers });
      // A body that was read stays so, stream or not.
      if (this.#read) void this.#streamed.text();
    }
    return this.#streamed;
  }
}
