/* Terms, their lists and positions, as src/search/{postings,shards}.rs write them. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const FIRST = 131072, CROSSING = 65536;
  const TITLE = search.TITLE = 1, HEADING = search.HEADING = 2, STARTS = search.STARTS = 4, ENDS = search.ENDS = 8;

  search.single = unit => unit.charCodeAt(0) * FIRST;
  search.pair = (first, second) => search.single(first) + second.charCodeAt(0);
  search.crossing = (first, second) => search.pair(first, second) + CROSSING;

  /* The list of a term that stands nowhere, and one that is too long. */
  const NONE = { documents: [], occurrences: [], fields: [], none: true }, LONG = {};

  const readFields = bits => {
    if (!bits.bit()) return 0;
    const heading = bits.bit() && HEADING;
    return bits.bit() ? heading + TITLE + (bits.bit() && STARTS) + (bits.bit() && ENDS) : heading;
  };
  /* A list: its documents, how often and in which fields the term occurs in each. */
  const readList = (bits, width) => {
    const length = bits.gamma(), parameter = length > 1 ? bits.number(4) : 0;
    const documents = [], occurrences = [], fields = [];
    for (let last = -1; documents.length < length;) {
      last = length > 1 ? last + 1 + bits.rice(parameter) : bits.number(width);
      documents.push(last);
      fields.push(readFields(bits));
      occurrences.push(bits.gamma());
    }
    return { documents, occurrences, fields };
  };
  /* Goes through a shard up to a term; tells whether it is there. */
  const seek = (bits, key, skip) => {
    let first = 0, second = 0;
    for (let left = bits.gamma() - 1; left > 0; left--) {
      const step = bits.gamma() - 1;
      first += step;
      second = step ? bits.number(17) : second + bits.gamma();
      const here = first * FIRST + second;
      if (here >= key) return here === key;
      skip();
    }
    return false;
  };
  const readPieces = bits => {
    const pieces = [], length = bits.gamma();
    for (let number = bits.number(24), from = 0; pieces.length < length; number++) {
      const end = from + bits.gamma();
      pieces.push({ name: "q/" + number, from, end });
      from = end;
    }
    return pieces;
  };
  /* The positions in a list's documents from one to another, of those that are wanted. */
  const readPositions = (bits, list, from, end, wanted, found) => {
    const first = bits.number(5), gap = bits.number(5);
    for (let at = from; at < end; at++) {
      const positions = [bits.rice(first)];
      for (let left = list.occurrences[at] - 1; left > 0; left--) {
        positions.push(positions[positions.length - 1] + 1 + bits.rice(gap));
      }
      if (wanted.has(list.documents[at])) found.set(list.documents[at], positions);
    }
  };

  search.terms = (start, file) => {
    const width = Math.max(start.n - 1, 1).toString(2).length, known = new Map();
    const raw = (name, missing) => file(name, bytes => bytes, missing);
    /* What fails in bytes that were whole was written by another version. */
    const guard = (missing, name, make) => {
      try { return make(); } catch (error) {
        missing.add(name);
        return null;
      }
    };
    /* The shard in which a term stands, if it stands anywhere: its name and bytes. */
    const shard = async (tier, key, missing) => {
      const [firsts, befores] = start[tier], page = search.locate(firsts, key);
      if (page < 0) return ["", new Uint8Array([128])];
      const keys = await file("i/" + tier + "-" + page, bytes => search.sums(search.json(bytes)), missing);
      const name = keys && tier + "/" + (befores[page] + search.locate(keys, key));
      return [name, keys && await raw(name, missing)];
    };

    /* A term's list, null when its file is not there. One that is longer than anybody
       wants (`most`) is not loaded. */
    const list = async (key, missing, most) => {
      if (known.has(key)) return known.get(key);
      const [name, bytes] = await shard("d", key, missing);
      let large = "", found = bytes && guard(missing, name, () => {
        const bits = new search.Bits(bytes), header = () => bits.bit() && bits.gamma();
        const there = seek(bits, key, () => header() ? bits.number(24) : readList(bits, width));
        if (!there) return NONE;
        const length = header();
        if (!length) return readList(bits, width);
        large = length > most ? "" : "x/" + bits.number(24);
        return large ? null : LONG;
      });
      if (found === LONG) return { documents: [], occurrences: [], fields: [] };
      if (large) {
        const all = await raw(large, missing);
        found = all && guard(missing, large, () => readList(new search.Bits(all), width));
      }
      if (found) known.set(key, found);
      return found;
    };
    /* Where a term stands in each of some documents; null when its file is not there. */
    const positions = async (key, list, documents, missing) => {
      const [name, bytes] = await shard("p", key, missing);
      const wanted = new Set(documents), found = new Map();
      let pieces = [];
      const there = bytes && guard(missing, name, () => {
        const bits = new search.Bits(bytes);
        if (!seek(bits, key, () => bits.bit() ? readPieces(bits) : bits.pass(bits.gamma()))) return null;
        if (bits.bit()) pieces = readPieces(bits);
        else bits.gamma(), readPositions(bits, list, 0, list.documents.length, wanted, found);
        return found;
      });
      await Promise.all(pieces.map(async ({ name, from, end }) => {
        if (!list.documents.slice(from, end).some(document => wanted.has(document))) return;
        const piece = await raw(name, missing);
        if (piece) guard(missing, name, () => readPositions(new search.Bits(piece), list, from, end, wanted, found));
      }));
      return there;
    };
    /* The units of a phrase that are known to stand somewhere. */
    const seen = phrase => {
      const found = new Set();
      for (let at = 0; at + 1 < phrase.length; at++) {
        const list = known.get(search.pair(phrase[at], phrase[at + 1]));
        if (list && !list.none) found.add(phrase[at]).add(phrase[at + 1]);
      }
      return found;
    };
    return { list, positions, seen };
  };
})(this);
