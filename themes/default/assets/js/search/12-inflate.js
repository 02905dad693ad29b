/* Raw deflate (RFC 1951), because Chromium 80 has no stream for it, and the JSON in it. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const repeat = (count, value) => new Array(count).fill(value);

  /* A code: how many symbols there are of each length, and the symbols in order. */
  const code = lengths => {
    const counts = repeat(16, 0), starts = [0, 0], symbols = [];
    lengths.forEach(length => { counts[length]++; });
    for (let at = 1; at < 15; at++) starts[at + 1] = starts[at] + counts[at];
    lengths.forEach((length, symbol) => { if (length) symbols[starts[length]++] = symbol; });
    return { counts, symbols };
  };
  /* First values and extra bits, the first two groups without any. */
  const steps = (value, group, count) => repeat(count, 0).map((zero, at) => {
    const extra = Math.max(0, Math.floor(at / group) - 1), first = value;
    value += 1 << extra;
    return [first, extra];
  });
  const LENGTHS = steps(3, 4, 28).concat([[258, 0]]), DISTANCES = steps(1, 2, 30);
  const FIXED = [[[144, 8], [112, 9], [24, 7], [8, 8]], [[30, 5]]].map(parts =>
    code([].concat(...parts.map(part => repeat(part[0], part[1])))));

  search.inflate = bytes => {
    let at = 0, held = 0, count = 0, size = 0, out = new Uint8Array(bytes.length * 4 + 64);
    const bits = wanted => {
      for (; count < wanted; count += 8) {
        if (at >= bytes.length) throw new RangeError("end of file");
        held |= bytes[at++] << count;
      }
      const value = held & (1 << wanted) - 1;
      held >>>= wanted;
      count -= wanted;
      return value;
    };
    const symbol = table => {
      let value = 0, first = 0, index = 0;
      for (let length = 1; length < 16; length++) {
        value = value << 1 | bits(1);
        const here = table.counts[length];
        if (value - first < here) return table.symbols[index + value - first];
        index += here;
        first = first + here << 1;
      }
      throw new RangeError("no such symbol");
    };
    const put = byte => {
      if (size === out.length) {
        const larger = new Uint8Array(size * 2);
        larger.set(out);
        out = larger;
      }
      out[size++] = byte;
    };
    const tables = () => {
      const literals = bits(5) + 257, distances = bits(5) + 1, used = bits(4) + 4, short = repeat(19, 0), all = [];
      for (let next = 0; next < used; next++) short[ORDER[next]] = bits(3);
      const lengths = code(short);
      while (all.length < literals + distances) {
        const next = symbol(lengths);
        if (next < 16) all.push(next);
        else if (next < 17) all.push(...repeat(3 + bits(2), all[all.length - 1]));
        else all.push(...repeat(next < 18 ? 3 + bits(3) : 11 + bits(7), 0));
      }
      return [code(all.slice(0, literals)), code(all.slice(literals))];
    };
    for (let last = 0; !last;) {
      last = bits(1);
      const kind = bits(2);
      if (!kind) {
        count = held = 0;
        let left = bits(16);
        for (bits(16); left > 0; left--) put(bits(8));
        continue;
      }
      const [literals, distances] = kind < 2 ? FIXED : tables();
      for (let next; (next = symbol(literals)) !== 256;) {
        if (next < 256) put(next);
        else {
          const [least, extra] = LENGTHS[next - 257], length = least + bits(extra);
          const [near, more] = DISTANCES[symbol(distances)], distance = near + bits(more);
          if (distance > size) throw new RangeError("before the beginning");
          for (let copied = 0; copied < length; copied++) put(out[size - distance]);
        }
      }
    }
    return out.subarray(0, size);
  };

  /* UTF-8 as a string. */
  search.text = bytes => {
    let text = "", units = [];
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at++], more = () => bytes[at++] & 63;
      if (byte < 128) units.push(byte);
      else if (byte < 224) units.push((byte & 31) << 6 | more());
      else if (byte < 240) units.push((byte & 15) << 12 | more() << 6 | more());
      else {
        const high = ((byte & 7) << 18 | more() << 12 | more() << 6 | more()) - 65536;
        units.push(55296 + (high >> 10), 56320 + (high & 1023));
      }
      if (units.length > 8000 || at >= bytes.length) {
        text += String.fromCharCode.apply(null, units);
        units = [];
      }
    }
    return text;
  };
  search.json = bytes => JSON.parse(search.text(search.inflate(bytes)));
})(this);
