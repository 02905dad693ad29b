/* What to offer where nothing was found: words that sound the same and shorter
   questions, each of which is known to find something. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  /* Longer questions are not tried in all ways; so many characters of a sound, and so
     many beginnings of a word, are followed; so many offers are tried and made. */
  const LONGEST = 8, READINGS = 6, BEGINNINGS = 8, TRIED = 6, OFFERS = 3;

  /* How many documents hold words as they stand, or all of several. */
  const counted = async (engine, words) => {
    const hits = await engine.rank(search.query(words, engine.table), new Set());
    return hits.filter(hit => hit.tier < 6 && hit.tier !== 3).length;
  };
  /* The characters of the library that sound like one, the most frequent first. */
  const soundingLike = (sounds, character) => {
    const same = Object.keys(sounds).filter(syllable => sounds[syllable].indexOf(character) >= 0);
    const others = same.map(syllable => Array.from(sounds[syllable]).filter(other => other !== character).slice(0, READINGS));
    return Array.from(new Set([character].concat(...others)));
  };
  /* Words of the same sound: beginnings are followed as long as their pairs occur,
     those that change least first. */
  const homophones = async (engine, whole) => {
    if (whole.length < 2 || whole.length > LONGEST || !Array.from(whole).every(search.isHan)) return [];
    const sounds = await engine.file("h", search.json, new Set());
    if (!sounds) return [];
    let beginnings = soundingLike(sounds, whole[0]).map((text, at) => ({ text, changes: at ? 1 : 0, rarest: engine.start.n }));
    for (let at = 1; at < whole.length; at++) {
      const ways = soundingLike(sounds, whole[at]), next = [];
      await Promise.all(beginnings.map(beginning => Promise.all(ways.map(async way => {
        const list = await engine.terms.list(search.pair(beginning.text[at - 1], way), new Set(), 0);
        /* Long lists are known to be there and not loaded. */
        const length = !list || list.none ? 0 : list.documents.length || engine.start.n;
        if (!length) return;
        const changes = beginning.changes + (way === whole[at] ? 0 : 1);
        next.push({ text: beginning.text + way, changes, rarest: Math.min(length, beginning.rarest) });
      }))));
      next.sort((one, other) => one.changes - other.changes || other.rarest - one.rarest || (one.text < other.text ? -1 : 1));
      beginnings = next.slice(0, BEGINNINGS);
    }
    return beginnings.map(beginning => beginning.text).filter(text => text !== whole);
  };
  /* The question without one of its words, or without one of its characters. */
  const shorter = query => {
    const { parts, variants: [whole = ""] } = query;
    if (parts.length > 1) return parts.map((none, out) => parts.filter((part, at) => at !== out).join(" "));
    const characters = Array.from(whole);
    if (characters.length < 3 || characters.length > LONGEST * 2) return [];
    const places = [characters.length - 1, 0].concat(characters.map((none, at) => at).slice(1, -1).slice(0, LONGEST));
    return places.map(out => characters.filter((character, at) => at !== out).join(""));
  };
  const found = async (engine, texts) => {
    const tried = Array.from(new Set(texts)).slice(0, TRIED);
    const counts = await Promise.all(tried.map(text => counted(engine, text)));
    const kept = tried.filter((text, at) => counts[at]);
    return kept.sort((one, other) => counts[tried.indexOf(other)] - counts[tried.indexOf(one)]).slice(0, OFFERS);
  };
  search.help = async (engine, query) => {
    const [same, near] = await Promise.all([homophones(engine, query.variants[0] || ""), shorter(query)]);
    return { homophones: await found(engine, same), neighbours: await found(engine, near) };
  };
})(this);
