/* What somebody asks for, taken apart: the same as src/search/query.rs. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const LONGEST = 200, PARTS = 8, READ = 4000;
  const DIGITS = "零一二三四五六七八九", ORDINALS = /[条款项章节编目次期批]/;
  const UNITS = { "十": 10, "百": 100, "千": 1000 };

  search.isLatin = unit => unit >= "a" && unit <= "z";
  search.isHan = unit => unit >= "\u2e80";

  /* A Chinese numeral below ten thousand in digits. */
  const toDigits = numeral => {
    let sum = 0, digit = -1;
    for (const one of numeral) {
      const value = DIGITS.indexOf(one);
      if (value >= 0) {
        if (digit > 0) return null;
        digit = value;
      } else if (one === "〇") digit = 0;
      else if (one === "两") digit = 2;
      else if (UNITS[one]) {
        sum += UNITS[one] * (digit > 0 ? digit : 1);
        digit = -1;
      } else return null;
    }
    return numeral && String(sum + Math.max(digit, 0));
  };
  /* Digits below ten thousand as a Chinese numeral. */
  const toNumerals = digits => {
    if (!/^\d{1,4}$/.test(digits) || !+digits) return null;
    let out = "", zero = false;
    [[1000, "千"], [100, "百"], [10, "十"], [1, ""]].forEach(([unit, name]) => {
      const digit = Math.floor(digits / unit) % 10;
      if (!digit) zero = !!out;
      else {
        if (zero) out += "零";
        zero = false;
        out += (unit === 10 && digit === 1 && !out ? "" : DIGITS[digit]) + name;
      }
    });
    return out;
  };
  /* The text with the number in each 第…条 and the like written otherwise. */
  const ordinals = (text, other) => {
    let out = "", rest = text;
    for (let at; (at = rest.indexOf("第") + 1) > 0;) {
      out += rest.slice(0, at);
      rest = rest.slice(at);
      const end = Math.max(rest.search(ORDINALS), 0), written = other(rest.slice(0, end));
      if (written) {
        out += written;
        rest = rest.slice(end);
      }
    }
    return out + rest;
  };
  /* The words: what spaces and punctuation part, and within that letters and Han. */
  const partsOf = (text, table) => {
    const parts = [];
    text.split(search.SPACE).forEach(piece => search.units(piece, table).split(" ").forEach(run => {
      let part = "";
      const end = () => {
        if (part && parts.indexOf(part) < 0) parts.push(part);
        part = "";
      };
      for (let at = 0; at < run.length; at++) {
        const last = run[at - 1], unit = run[at];
        if (at && (search.isLatin(last) && search.isHan(unit) || search.isHan(last) && search.isLatin(unit))) end();
        part += unit;
      }
      end();
    }));
    return parts.length < 2 ? [] : parts.slice(0, PARTS);
  };

  search.query = (typed, table) => {
    const read = Array.from(search.whole(String(typed)).slice(0, READ * 2)).slice(0, READ).join("");
    const text = Array.from(read.normalize("NFC")).slice(0, LONGEST).join("");
    const whole = search.units(text, table), variants = [];
    if (whole) [whole, ordinals(whole, toDigits), ordinals(whole, toNumerals)].forEach(variant => {
      if (variants.indexOf(variant) < 0) variants.push(variant);
    });
    return { text, variants, parts: partsOf(text, table) };
  };
})(this);
