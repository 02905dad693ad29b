/* What pages say and what is known of them. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const META = search.META = 64, HEADINGS = 256, BODY = search.BODY = 1024;
  const CLASSES = 8192;

  /* The units of a page at their positions: the same as src/search/layout.rs. */
  const layout = (page, table) => {
    const units = text => search.units(text, table), overflow = [];
    const join = (region, text) => region && text ? region + " " + text : region + text;
    const place = (texts, room) => texts.reduce((region, text) => {
      const joined = region + (region && " ") + text;
      if (joined.length <= room) return join(region, text);
      overflow.push(text);
      return region;
    }, "");
    const full = units(page.t);
    let title = full;
    if (full.length > META - 2) {
      title = full.slice(0, META - 2).replace(/[\ud800-\udbff]$/, "");
      overflow.push(full);
    }
    const meta = place(page.m.map(units), HEADINGS - META - 2);
    const headings = place(page.b.filter(block => block[0]).map(block => units(block[2])), BODY - HEADINGS - 2);
    const texts = overflow.concat(page.b.filter(block => !block[0]).map(block => units(block[2])));
    return title.padEnd(META) + meta.padEnd(HEADINGS - META) + headings.padEnd(BODY - HEADINGS) + texts.reduce(join, "");
  };

  search.pages = (start, file, table) => {
    const json = (name, missing) => file(name, search.json, missing), layouts = new Map();
    /* Shows of a document what results show, and the file of its text. */
    const facts = async (document, missing) => {
      const rows = await json("m/" + Math.floor(document / start.ms), missing);
      return rows && rows[document % start.ms] || null;
    };
    const page = async (document, missing) => {
      const row = await facts(document, missing), texts = row && await json("t/" + row[7], missing);
      return texts && texts[row[8]] || null;
    };
    const units = async (document, missing) => {
      if (!layouts.has(document)) {
        const found = await page(document, missing);
        if (!found) return null;
        layouts.set(document, layout(found, table));
      }
      return layouts.get(document);
    };
    /* Gives the class of length of any of some documents. */
    const classes = async (documents, missing) => {
      const numbers = Array.from(new Set(documents.map(document => Math.floor(document / CLASSES))));
      const files = await Promise.all(numbers.map(at => file("n/" + at, search.inflate, missing)));
      const known = new Map(numbers.map((at, place) => [at, files[place]]));
      return document => {
        const bytes = known.get(Math.floor(document / CLASSES));
        return bytes ? bytes[document % CLASSES >> 1] >> (document & 1 ? 0 : 4) & 15 : 8;
      };
    };
    return { facts, page, units, classes };
  };
})(this);
