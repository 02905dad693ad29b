/* How text is compared: the same as src/search/normalize.rs, unit by unit. A string of
   units is a plain string; a space in it is a gap. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const DROPPED = /[\xad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/u;
  const KEPT = /[0-9a-zA-Z\xaa\xb5\xba]/;
  const MARK = /[\0-\xbf\xd7\xf7\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3001-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30fb\ufe10-\ufe6f\uff00-\uff0f\uffe0-\uffff\u{1f000}-\u{1faff}]/u;
  const isDigit = unit => unit >= "0" && unit <= "9";
  const isLetter = unit => unit < "\u2e80" && !isDigit(unit);
  const both = (one, other, is) => is(one) && is(other);

  search.SPACE = SPACE;
  /* Half a character, which is none, as a mark. */
  search.whole = text => text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, pair => pair[1] ? pair : "\ufffd");

  /* The units of a text and for each where its character stands: [units, froms, tos].
     The table gives the simplified form of each traditional character. */
  search.place = (text, table) => {
    let last = "", between = 0, at = 0;
    const units = [], froms = [], tos = [];
    const push = (unit, from, to) => {
      units.push(unit);
      froms.push(from);
      tos.push(to);
      last = unit;
    };
    const keep = (folded, from, to) => {
      const kept = table.get(folded) || folded, first = kept[0];
      if (between && last && (between > 1 || both(last, first, isLetter) || both(last, first, isDigit))) {
        push(" ", from, from);
      }
      between = 0;
      push(first, from, to);
      if (kept[1]) push(kept[1], from, to);
    };
    for (const character of text) {
      const from = at, to = at += character.length;
      if (character >= "\u4e00" && character <= "\u9fff") {
        keep(character, from, to);
        continue;
      }
      const folded = character < "\x80" ? character : character.normalize("NFKC");
      for (const one of folded) for (const lower of one.toLowerCase()) {
        if (KEPT.test(lower)) keep(lower, from, to);
        else if (SPACE.test(lower)) between = between || 1;
        else if (DROPPED.test(lower)) continue;
        else if (MARK.test(lower)) between = 2;
        else keep(lower, from, to);
      }
    }
    return [units.join(""), froms, tos];
  };
  search.units = (text, table) => search.place(search.whole(text).normalize("NFC"), table)[0];
})(this);
