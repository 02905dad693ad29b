/* Weights in whole numbers: the same as src/search/score.rs, to the last digit. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const CLASSES = [20, 34, 58, 98, 165, 279, 469, 789, 1327, 2233, 3756, 6316, 10623, 17866, 30048, 50535];

  /* 256 times the binary logarithm, rounded down. */
  const logarithm = number => {
    let exponent = 0, fraction = 0;
    while (Math.pow(2, exponent + 1) <= number) exponent++;
    let mantissa = Math.floor(number * Math.pow(2, 15 - exponent));
    for (let step = 0; step < 8; step++) {
      mantissa *= mantissa;
      const high = mantissa >= 2147483648;
      fraction = fraction * 2 + (high ? 1 : 0);
      mantissa = Math.floor(mantissa / (high ? 65536 : 32768));
    }
    return exponent * 256 + fraction;
  };
  search.scale = (documents, average) => {
    const lengths = CLASSES.map(length => 300 + Math.floor(900 * length / Math.max(average, 1)));
    const all = logarithm(2 * documents + 2);
    return {
      rarity: frequency => Math.max(all - logarithm(2 * frequency + 1), 1),
      weight: (rarity, occurrences, kind) =>
        Math.floor(rarity * Math.floor(occurrences * 2200000 / (occurrences * 1000 + lengths[kind])) / 256)
    };
  };
})(this);
