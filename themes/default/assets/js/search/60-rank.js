/* Which documents answer, and in which order: the same as src/search/rank.rs. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const FEW = 10, TERMS = 40, PARTIAL = 100, SHARE = 10, SHARE_OF_BEST = 40, LOOKED_AT = 8;
  const [TITLE, HEADING, SOUND, BODY, PARTS, PART] = [1, 2, 3, 4, 5, 6];
  search.TIERS = ["", "title", "heading", "sound", "body", "parts", "partial"];
  search.isExact = tier => tier === TITLE || tier === HEADING || tier === BODY;

  /* The terms that cover a phrase: every second pair of a run, its last one, crossings. */
  const cover = phrase => {
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
  const first = (list, document) => {
    const at = search.locate(list.documents, document);
    return at >= 0 && list.documents[at] === document ? at : -1;
  };
  /* A phrase that was found, by where it stands first. */
  const placed = (candidate, position) => {
    const { document, score, ends } = candidate, sub = position ? 1 : ends ? 3 : 2;
    if (position < search.META) return { document, tier: TITLE, sub, score };
    return { document, tier: position < search.BODY ? HEADING : BODY, sub: 0, score };
  };
  /* The same by fields, where no position can be had. */
  const guessed = (list, at, document, score) => {
    const fields = list.fields[at], ends = fields & search.ENDS;
    if (fields & search.TITLE) return { document, tier: TITLE, sub: fields & search.STARTS ? ends ? 3 : 2 : 1, score };
    return { document, tier: fields & search.HEADING ? HEADING : BODY, sub: 0, score };
  };

  search.ranking = (start, file, terms, pages) => {
    const scale = search.scale(start.n, start.avg);

    const alone = async (list, missing) => {
      const classOf = await pages.classes(list.documents, missing), rarity = scale.rarity(list.documents.length);
      return list.documents.map((document, at) =>
        guessed(list, at, document, scale.weight(rarity, list.occurrences[at], classOf(document))));
    };
    /* The documents that have all terms. */
    const candidatesOf = async (lists, missing) => {
      const shortest = lists.reduce((best, list) => list.documents.length < best.documents.length ? list : best);
      const rarities = lists.map(list => scale.rarity(list.documents.length));
      const shared = shortest.documents.map(document => [document, lists.map(list => first(list, document))]);
      const found = shared.filter(([, places]) => places.every(at => at >= 0));
      const classOf = await pages.classes(found.map(([document]) => document), missing);
      return found.map(([document, places]) => {
        const weights = places.map((at, term) => scale.weight(rarities[term], lists[term].occurrences[at], classOf(document)));
        const last = lists.length - 1;
        return {
          document, score: Math.min(...weights), ends: lists[last].fields[places[last]] & search.ENDS,
          fields: places.reduce((all, at, term) => all & lists[term].fields[at], 15)
        };
      });
    };
    const unsure = candidate => placed(candidate, candidate.fields & search.TITLE ? 1 : search.BODY);
    const look = async (phrase, candidate, missing) => {
      const units = await pages.units(candidate.document, missing);
      if (!units) return unsure(candidate);
      const at = units.indexOf(phrase);
      return at < 0 ? null : placed(candidate, at);
    };
    const byPositions = async (have, candidates, missing) => {
      const documents = candidates.map(candidate => candidate.document);
      const all = await Promise.all(have.map(async ({ key, list, offset }) => ({
        offset, found: await terms.positions(key, list, documents, missing)
      })));
      const sure = all.filter(term => term.found);
      return candidates.map(candidate => {
        const here = sure.map(({ offset, found }) => ({ offset, positions: found.get(candidate.document) })).filter(term => term.positions);
        if (!here.length) return unsure(candidate);
        const fits = start => here.every(({ offset, positions }) => {
          const at = search.locate(positions, start + offset);
          return at >= 0 && positions[at] === start + offset;
        });
        const starts = here[0].positions.map(position => position - here[0].offset);
        const start = starts.find(start => start >= 0 && fits(start));
        return start === undefined ? null : placed(candidate, start);
      });
    };
    /* The documents in which a phrase stands. A list that is missing is done without. */
    const phrase = async (units, missing) => {
      const wanted = cover(units);
      const lists = await Promise.all(wanted.map(term => terms.list(term.key, missing)));
      const have = wanted.map((term, at) => ({ key: term.key, offset: term.offset, list: lists[at] })).filter(term => term.list);
      if (!have.length) return [];
      if (wanted.length === 1) return alone(have[0].list, missing);
      const candidates = await candidatesOf(have.map(term => term.list), missing);
      const hits = candidates.length <= LOOKED_AT
        ? await Promise.all(candidates.map(candidate => look(units, candidate, missing)))
        : await byPositions(have, candidates, missing);
      return hits.filter(Boolean);
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
      const lists = await Promise.all(counted.map(([key]) => terms.list(key, missing))), scores = new Map();
      const classOf = await pages.classes([].concat(...lists.map(list => list ? list.documents : [])), missing);
      let said = 0, most = 0;
      lists.forEach((list, term) => {
        if (!list || !list.documents.length) return;
        const rarity = scale.rarity(list.documents.length), counts = counted[term][1] * rarity;
        said += counts;
        list.documents.forEach((document, at) => {
          const entry = scores.get(document) || [0, 0];
          entry[0] += scale.weight(rarity, list.occurrences[at], classOf(document));
          entry[1] += counts;
          most = Math.max(most, entry[1]);
          scores.set(document, entry);
        });
      });
      const hits = [];
      scores.forEach(([score, matched], document) => {
        if (matched && matched * 100 >= SHARE * said && matched * 100 >= SHARE_OF_BEST * most) {
          hits.push({ document, tier: PART, sub: 0, score });
        }
      });
      return hits.sort((one, other) => other.score - one.score || one.document - other.document).slice(0, PARTIAL);
    };

    /* All documents that answer, the best first. */
    return async (query, missing) => {
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
      if (best.size < FEW) keep(await partial(query.variants[0] || "", missing));
      return Array.from(best.values()).sort((one, other) => order(one, other) || one.document - other.document);
    };
  };
})(this);
