/** Bytes made small, and large again within a bound: a few bytes can unpack to any length. */

type Bytes = Uint8Array<ArrayBuffer>;

async function through(
  bytes: Bytes,
  by: CompressionStream | DecompressionStream,
  most: number,
): Promise<Bytes> {
  const reader = new Blob([bytes]).stream().pipeThrough(by).getReader();
  const parts: Bytes[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError(`more than ${most} bytes`);
    }
    parts.push(new Uint8Array(read.value));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** By deflate, without any head (RFC 1951). */
export const packed = (bytes: Bytes): Promise<Bytes> =>
  through(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY);

/** Throws where the bytes are damaged, or would be more than `most`. */
export const unpacked = (bytes: Bytes, most: number): Promise<Bytes> =>
  through(bytes, new DecompressionStream('deflate-raw'), most);
