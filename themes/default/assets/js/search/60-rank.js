/* Which documents answer, and in which order: the same as src/search/rank.rs. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const COMMON = 8, TERMS = 40, PARTIAL = 100, SHARE = 10, SHARE_OF_BEST = 40, LOOKED_AT = 8;
  const [TITLE, HEADING, SOUND, BODY, PARTS, PART] = [1, 2, 3, 4, 5, 6];
  search.TIERS = ["", "title", "heading", "sound", "body", "parts", "partial"];
  search.isExact = tier => tier === TITLE || tier === HEADING || tier === BODY;

  /* The terms that cover a phrase: every second pair of a run, its last one, crossings. */
  const cover = search.cover = phrase => {
    if (phrase.length === 1) return [{ key: search.single(phrase), offset: 0 }];
    const terms = [];
    for (let at = 0, start = 0; at < phrase.length - 1; at++) {
      const unit = phrase[at], next = phrase[at + 1], after = phrase[at + 2];
      if (unit === " ") start = at + 1;
      else if (next === " ") after && terms.push({ key: search.crossing(unit, after), offset: at });
      else if (!after || after === " " || (at - start) % 2 === 0) terms.push({ key: search.pair(unit, next), offset: at });
    }
    return terms;
  };
  const order = (one, other) => one.tier - other.tier || other.sub - one.sub || other.score - one.score;
  /* A hit by fields, for terms alone and where no position can be had. */
  const byFields = (document, fields, score) => {
    const starts = fields & search.STARTS, sub = starts ? fields & search.ENDS ? 3 : 2 : 1;
    if (fields & search.TITLE) return { document, tier: TITLE, sub, score };
    return { document, tier: fields & search.HEADING ? HEADING : BODY, sub: 0, score };
  };
  /* The same by where a phrase stands first. */
  const byPlace = (document, ends, first, score) => byFields(document, first < search.META
    ? search.TITLE + (first ? 0 : search.STARTS) + ends : first < search.BODY ? search.HEADING : 0, score);

  search.ranking = (start, file, terms, pages) => {
    const scale = search.scale(start.n, start.avg);

    /* Hits of what stands in some documents; each gives fields or its first place. */
    const weighed = async (found, missing) => {
      const classOf = await pages.classes(found.map(one => one.document), missing), rarity = scale.rarity(found.length);
      return found.map(({ document, fields, first, occurrences }) => {
        const score = scale.weight(rarity, occurrences, classOf(document));
        return first < 0 ? byFields(document, fields, score) : byPlace(document, fields & search.ENDS, first, score);
      });
    };
    /* The documents that have all terms. */
    const candidatesOf = lists => {
      const shortest = lists.reduce((best, list) => list.documents.length < best.documents.length ? list : best);
      const found = [];
      shortest.documents.forEach((document, place) => {
        let fields = 0, common = 15;
        for (const list of lists) {
          const at = list === shortest ? place : search.locate(list.documents, document);
          if (list.documents[at] !== document) return;
          fields = list.fields[at];
          common &= fields;
        }
        /* What is said of a document until its text or positions say more. */
        found.push({ document, fields: common & ~search.ENDS | fields & search.ENDS, first: -1, occurrences: 1 });
      });
      return found;
    };
    const look = async (phrase, candidate, missing) => {
      const units = await pages.units(candidate.document, missing);
      if (units) {
        let at = candidate.first = units.indexOf(phrase), count = 0;
        for (; at >= 0; count++) at = units.indexOf(phrase, at + 1);
        candidate.occurrences = count;
      }
      return candidate.occurrences;
    };
    const byPositions = async (have, candidates, missing) => {
      const documents = candidates.map(candidate => candidate.document);
      const all = await Promise.all(have.map(term => terms.positions(term.key, term.list, documents, missing)));
      candidates.forEach(candidate => {
        const here = have.map(({ offset }, at) => ({ offset, places: all[at] && all[at].get(candidate.document) }));
        const sure = here.filter(term => term.places);
        if (!sure.length) return;
        const starts = sure[0].places.map(place => place - sure[0].offset).filter(start => start >= 0 &&
          sure.every(({ offset, places }) => places[search.locate(places, start + offset)] === start + offset));
        candidate.occurrences = starts.length;
        candidate.first = starts[0];
      });
    };
    /* The documents in which a phrase stands. A list that is missing is done without. */
    const phrase = async (units, missing) => {
      const wanted = cover(units);
      const lists = await Promise.all(wanted.map(term => terms.list(term.key, missing)));
      const have = wanted.map((term, at) => ({ key: term.key, offset: term.offset, list: lists[at] })).filter(term => term.list);
      if (!have.length) return [];
      if (wanted.length < 2) {
        const { documents, fields, occurrences } = have[0].list;
        return weighed(documents.map((document, at) =>
          ({ document, fields: fields[at], first: -1, occurrences: occurrences[at] })), missing);
      }
      const candidates = candidatesOf(have.map(term => term.list));
      if (candidates.length > LOOKED_AT) await byPositions(have, candidates, missing);
      else await Promise.all(candidates.map(candidate => look(units, candidate, missing)));
      return weighed(candidates.filter(candidate => candidate.occurrences), missing);
    };

    /* The documents that have all words, with the sum of their weights. */
    const allParts = async (parts, missing) => {
      const found = await Promise.all(parts.map(async part => {
        const scores = new Map((await phrase(part, missing)).map(hit => [hit.document, hit.score]));
        if (/^[a-z]{2,}$/.test(part)) {
          const sounds = await search.sounding(part, start, file, missing);
          sounds.forEach((how, document) => scores.has(document) || scores.set(document, 0));
        }
        return scores;
      }));
      const hits = [];
      found[0].forEach((score, document) => {
        if (!found.every(scores => scores.has(document))) return;
        hits.push({ document, tier: PARTS, sub: 0, score: found.reduce((sum, scores) => sum + scores.get(document), 0) });
      });
      return hits;
    };

    /* The documents that have enough of the query's pairs. */
    const partial = async (whole, missing) => {
      const units = Array.from({ length: whole.length }, (none, at) => whole[at]);
      const pairs = units.slice(1).map((unit, at) => [units[at], unit]).filter(two => two.indexOf(" ") < 0);
      const distinct = keys => Array.from(new Set(keys)).slice(0, TERMS);
      const counted = distinct(pairs.map(two => search.pair(two[0], two[1]))).map(key => [key, 1])
        .concat(distinct(units.filter(search.isHan).map(search.single)).map(key => [key, 0]));
      const most = Math.floor(start.n / COMMON), scores = new Map();
      const lists = (await Promise.all(counted.map(([key, pair]) => terms.list(key, missing, pair ? start.n : most))))
        .map((list, at) => list && (counted[at][1] || list.documents.length <= most) ? list : null);
      const classOf = await pages.classes([].concat(...lists.map(list => list ? list.documents : [])), missing);
      let said = 0, best = 0;
      lists.forEach((list, term) => {
        if (!list || !list.documents.length) return;
        const rarity = scale.rarity(list.documents.length), counts = counted[term][1] * rarity;
        said += counts;
        list.documents.forEach((document, at) => {
          const entry = scores.get(document) || [0, 0];
          entry[0] += scale.weight(rarity, list.occurrences[at], classOf(document));
          entry[1] += counts;
          best = Math.max(best, entry[1]);
          scores.set(document, entry);
        });
      });
      const hits = [];
      scores.forEach(([score, matched], document) => {
        if (matched && matched * 100 >= SHARE * said && matched * 100 >= SHARE_OF_BEST * best) {
          hits.push({ document, tier: PART, sub: 0, score });
        }
      });
      return hits.sort((one, other) => other.score - one.score || one.document - other.document).slice(0, PARTIAL);
    };

    /* The documents that hold a query or a name that sounds so, by document. */
    const whole = async (query, missing) => {
      const best = new Map(), letters = search.letters(query.text);
      const keep = hits => hits.forEach(hit => {
        const known = best.get(hit.document);
        if (!known || order(hit, known) < 0) best.set(hit.document, hit);
      });
      const sounds = async () => Array.from(letters ? await search.sounding(letters, start, file, missing) : [],
        ([document, sub]) => ({ document, tier: SOUND, sub, score: 0 }));
      const tasks = query.variants.map(variant => phrase(variant, missing));
      tasks.push(sounds(), query.parts.length ? allParts(query.parts, missing) : []);
      (await Promise.all(tasks)).forEach(keep);
      return Array.from(best.values());
    };
    /* All documents that answer, the best first. */
    const rank = async (query, missing) => {
      let hits = await whole(query, missing);
      if (!hits.length) hits = await partial(query.variants[0] || "", missing);
      return hits.sort((one, other) => order(one, other) || one.document - other.document);
    };
    /* The documents in whose title a phrase may stand; those whose title begins so first. */
    const titled = async (units, missing) => {
      const wanted = cover(units);
      const lists = (await Promise.all(wanted.map(term => terms.list(term.key, missing)))).filter(Boolean);
      if (!lists.length) return [];
      const starts = lists[0], found = candidatesOf(lists).filter(candidate => candidate.fields & search.TITLE);
      return found.map(({ document }) => {
        const at = search.locate(starts.documents, document);
        return { document, begins: starts.fields[at] & search.STARTS ? 1 : 0 };
      });
    };
    return { rank, titled };
  };
})(this);
