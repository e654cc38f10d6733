// The page's side of the worker that reads: questions out, plain values in.
import { unpack } from "./unpack.mjs";

/** An error of the reader; `code` is that of the format document, or the name of what went wrong. */
export class ReaderError extends Error {
  constructor(code) { super(code); this.code = code; }
}

/** A worker over the packed script. A page from file:// has no other file to start one from. */
export class Reader {
  #script; #worker = null; #calls = new Map(); #count = 0; #progress = null; #files = [];

  constructor(packed) { this.#script = unpack(packed).then((bytes) => URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }))); }

  /** Opens files with typed words; see TASKS of worker.mjs. */
  open(files, values, progress = null) {
    this.#files = files;
    return this.ask("open", { ...values, files: files.map(({ name, size }) => ({ name, size })) }, progress);
  }

  /** Asks the worker to do a task. */
  async ask(task, values = {}, progress = null) {
    const worker = this.#worker ??= await this.#start(), call = ++this.#count;
    this.#progress = progress;
    return new Promise((done, failed) => {
      this.#calls.set(call, { done, failed });
      worker.postMessage({ ...values, task, call });
    });
  }

  /** Ends the worker, and with it all keys; what was asked for and is not answered fails. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { failed } of this.#calls.values()) failed(new ReaderError("closed"));
    this.#calls.clear();
  }

  async #start() {
    const worker = new Worker(await this.#script);
    worker.onmessage = ({ data }) => this.#heard(worker, data);
    worker.onerror = () => this.close();
    return worker;
  }

  #heard(worker, { call, answer, error, progress, derive, slice, number }) {
    if (progress) return this.#progress?.(progress);
    if (number) return void (derive ? this.derive(derive) : this.#slice(slice))
      .then((bytes) => worker.postMessage({ number, bytes }, [bytes.buffer]), (failure) => worker.postMessage({ number, failed: failure.name }));
    const { done, failed } = this.#calls.get(call);
    this.#calls.delete(call);
    if (error) failed(new ReaderError(error));
    else done(answer);
  }

  async #slice({ file, offset, length }) { return new Uint8Array(await this.#files[file].slice(offset, offset + length).arrayBuffer()); }

  /** Argon2id in a worker that then ends: up to 256 MiB go with it. */
  async derive(argon2) {
    const worker = new Worker(await this.#script);
    try {
      return await new Promise((done, failed) => {
        worker.onmessage = ({ data }) => done(data.key);
        worker.onerror = (event) => { event.preventDefault(); failed(new Error("Argon2id")); };
        worker.postMessage({ argon2 });
      });
    } finally { worker.terminate(); }
  }
}
